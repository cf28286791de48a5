/*
 * The one door to FFmpeg: opens a file that the host holds, scans its packets, decodes one of its tracks.
 * Everything is static: an instance of the module serves one file and is thrown away with its memory.
 * Times are microseconds as doubles, -1 where not known; negative integers are errors (see decoder.ts).
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/mem.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

#define EXPORT(name) __attribute__((export_name(#name))) name

/* Copies up to `length` bytes of the file from `position` to `to`; how many there were. */
__attribute__((import_module("host"), import_name("read"))) int host_read(double position, void *to, int length);

enum { DAMAGED = -1, NO_TRACK = -2, UNSUPPORTED = -3, TOO_LARGE = -4 };
enum { END = 0 };

static const char *const demuxers[] = { "mov", "matroska", "ogg", "mp3", "flac", "aac", "gif" };

static int64_t file_size, file_position;
static AVFormatContext *format;
static AVStream *track;
static AVCodecContext *codec;
static AVPacket *packet;
static AVFrame *frame;
static struct SwsContext *scaler;
static uint8_t *pixels;
static unsigned pixels_size;
static float *samples;
static unsigned samples_size;
static int draining, broke;

static int read_file(void *opaque, uint8_t *to, int length) {
  int got = host_read((double)file_position, to, length);
  if (got <= 0) return AVERROR_EOF;
  file_position += got;
  return got;
}

static int64_t seek_file(void *opaque, int64_t offset, int whence) {
  if (whence & AVSEEK_SIZE) return file_size;
  whence &= ~AVSEEK_FORCE;
  if (whence == SEEK_CUR) offset += file_position;
  else if (whence == SEEK_END) offset += file_size;
  if (offset < 0) return AVERROR(EINVAL);
  return file_position = offset;
}

static double microseconds(int64_t time) {
  return time == AV_NOPTS_VALUE ? -1 : (double)time * av_q2d(track->time_base) * 1e6;
}

void EXPORT(media_close)(void) {
  avcodec_free_context(&codec);
  av_packet_free(&packet);
  av_frame_free(&frame);
  if (format && format->pb) {
    AVIOContext *io = format->pb;
    avformat_close_input(&format);
    av_freep(&io->buffer);
    avio_context_free(&io);
  }
  track = NULL;
  draining = broke = 0;
}

/* Opens the file and the decoder of its first track of a kind: 0 sound, 1 pictures. */
int EXPORT(media_open)(int demuxer, double size, int kind, double most_pixels) {
  media_close();
  av_log_set_level(AV_LOG_QUIET);
  file_size = (int64_t)size;
  file_position = 0;
  const int buffer_size = 1 << 16;
  uint8_t *buffer = av_malloc(buffer_size);
  AVIOContext *io = buffer ? avio_alloc_context(buffer, buffer_size, 0, NULL, read_file, NULL, seek_file) : NULL;
  packet = av_packet_alloc();
  frame = av_frame_alloc();
  format = avformat_alloc_context();
  if (!io || !packet || !frame || !format) return TOO_LARGE;
  format->pb = io;
  format->flags |= AVFMT_FLAG_CUSTOM_IO;
  format->max_streams = 64;
  /* On failure the context is freed, the i/o is not; the instance goes with both. */
  if (avformat_open_input(&format, NULL, av_find_input_format(demuxers[demuxer]), NULL) < 0) return DAMAGED;
  if (avformat_find_stream_info(format, NULL) < 0) return DAMAGED;

  enum AVMediaType type = kind ? AVMEDIA_TYPE_VIDEO : AVMEDIA_TYPE_AUDIO;
  for (unsigned i = 0; i < format->nb_streams; i++) {
    AVStream *stream = format->streams[i];
    /* The cover of an album is no video. */
    int wanted = stream->codecpar->codec_type == type && !(stream->disposition & AV_DISPOSITION_ATTACHED_PIC);
    if (wanted && (!track || (stream->disposition & AV_DISPOSITION_DEFAULT && !(track->disposition & AV_DISPOSITION_DEFAULT))))
      track = stream;
  }
  if (!track) return NO_TRACK;
  for (unsigned i = 0; i < format->nb_streams; i++) {
    if (format->streams[i] != track) format->streams[i]->discard = AVDISCARD_ALL;
  }
  const AVCodecParameters *parameters = track->codecpar;
  if ((double)parameters->width * parameters->height > most_pixels) return TOO_LARGE;
  const AVCodec *decoder = avcodec_find_decoder(parameters->codec_id);
  if (!decoder) return UNSUPPORTED;
  codec = avcodec_alloc_context3(decoder);
  if (!codec) return TOO_LARGE;
  if (avcodec_parameters_to_context(codec, parameters) < 0) return DAMAGED;
  codec->thread_count = 1;
  codec->pkt_timebase = track->time_base;
  codec->err_recognition = AV_EF_CRCCHECK;
  if (kind) codec->max_pixels = (int64_t)most_pixels;
  return avcodec_open2(codec, decoder, NULL) < 0 ? DAMAGED : 0;
}

const char *EXPORT(media_codec)(void) { return avcodec_get_name(track->codecpar->codec_id); }
int EXPORT(media_width)(void) { return track->codecpar->width; }
int EXPORT(media_height)(void) { return track->codecpar->height; }
int EXPORT(media_channels)(void) { return codec->ch_layout.nb_channels; }
int EXPORT(media_sample_rate)(void) { return codec->sample_rate; }

/* What the file says of the track's length; -1 also where it is only guessed from the bit rate. */
double EXPORT(media_duration)(void) {
  if (format->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return -1;
  if (track->duration != AV_NOPTS_VALUE) return microseconds(track->duration);
  /* The whole file's is that of its longest track. */
  return format->nb_streams > 1 || format->duration == AV_NOPTS_VALUE ? -1 : (double)format->duration;
}

/* The display matrix as EXIF's orientation, 1 to 8. */
int EXPORT(media_orientation)(void) {
  const AVPacketSideData *side = av_packet_side_data_get(
      track->codecpar->coded_side_data, track->codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
  if (!side || side->size < 9 * sizeof(int32_t)) return 1;
  const int32_t *m = (const int32_t *)side->data;
  /* x' = a·x + c·y, y' = b·x + d·y, with y downwards. */
  int a = (m[0] > 0) - (m[0] < 0), b = (m[1] > 0) - (m[1] < 0);
  int c = (m[3] > 0) - (m[3] < 0), d = (m[4] > 0) - (m[4] < 0);
  if (abs(m[0]) < abs(m[1])) {
    if (b > 0) return c < 0 ? 6 : 5;
    return c < 0 ? 7 : 8;
  }
  if (a > 0) return d < 0 ? 4 : 1;
  return a < 0 ? (d < 0 ? 3 : 2) : 1;
}

/* The next packet of the track: 1, or END. A file that breaks off ends there. */
static int next_packet(void) {
  for (;;) {
    av_packet_unref(packet);
    int got = av_read_frame(format, packet);
    if (got < 0) {
      broke = got != AVERROR_EOF || format->pb->error;
      return END;
    }
    if (packet->stream_index == track->index) return 1;
  }
}

int EXPORT(media_scan)(void) { return next_packet(); }
/* Whether the file did not end but could not be read on. */
int EXPORT(media_broke)(void) { return broke; }

double EXPORT(packet_time)(void) { return microseconds(packet->pts == AV_NOPTS_VALUE ? packet->dts : packet->pts); }
double EXPORT(packet_duration)(void) { return microseconds(packet->duration); }
int EXPORT(packet_flags)(void) { return packet->flags; }

/* To the key frame at or before a time; what comes next is decoded from there. */
int EXPORT(media_seek)(double time) {
  int64_t target = llround(time / 1e6 / av_q2d(track->time_base));
  if (av_seek_frame(format, track->index, target, AVSEEK_FLAG_BACKWARD) < 0) return DAMAGED;
  avcodec_flush_buffers(codec);
  draining = 0;
  return 0;
}

/*
 * Decodes the next frame: 1, END, DAMAGED for a packet that does not decode (the next call goes on). Frames before `from`
 * that no other is built on may be left out.
 */
int EXPORT(media_decode)(double from) {
  for (;;) {
    int got = avcodec_receive_frame(codec, frame);
    if (got == 0) return 1;
    if (got == AVERROR_EOF) return END;
    if (got != AVERROR(EAGAIN)) return got == AVERROR(ENOMEM) ? TOO_LARGE : DAMAGED;
    if (draining) return END;
    if (next_packet() == END) {
      draining = 1;
      avcodec_send_packet(codec, NULL);
      continue;
    }
    int broken = packet->flags & AV_PKT_FLAG_CORRUPT;
    double time = packet_time();
    codec->skip_frame = time >= 0 && time < from ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
    int sent = avcodec_send_packet(codec, packet);
    if (sent < 0 && sent != AVERROR(EAGAIN)) return sent == AVERROR(ENOMEM) ? TOO_LARGE : DAMAGED;
    if (broken) return DAMAGED;
  }
}

double EXPORT(frame_time)(void) {
  return microseconds(frame->best_effort_timestamp == AV_NOPTS_VALUE ? frame->pts : frame->best_effort_timestamp);
}
int EXPORT(frame_width)(void) { return frame->width; }
int EXPORT(frame_height)(void) { return frame->height; }
int EXPORT(frame_sample_rate)(void) { return frame->sample_rate; }
int EXPORT(frame_samples)(void) { return frame->nb_samples; }
int EXPORT(frame_corrupt)(void) { return frame->flags & AV_FRAME_FLAG_CORRUPT || frame->decode_error_flags; }

#define MIX(type, expression)                                                       \
  for (int i = 0; i < count; i++) {                                                 \
    double sum = 0;                                                                 \
    for (int c = 0; c < channels; c++) {                                            \
      const type *from = (const type *)frame->extended_data[planar ? c : 0];        \
      type value = from[planar ? i : i * channels + c];                             \
      sum += (expression);                                                          \
    }                                                                               \
    samples[i] = (float)(sum / channels);                                           \
  }                                                                                 \
  return samples

/* The frame's samples, the mean of its channels. NULL for a form that no decoder here gives. */
const float *EXPORT(frame_mono)(void) {
  int count = frame->nb_samples, channels = frame->ch_layout.nb_channels;
  int planar = av_sample_fmt_is_planar(frame->format);
  av_fast_malloc(&samples, &samples_size, (size_t)count * sizeof(float));
  if (!samples || channels < 1) return NULL;
  switch (av_get_packed_sample_fmt(frame->format)) {
    case AV_SAMPLE_FMT_U8: MIX(uint8_t, (value - 128) / 128.0);
    case AV_SAMPLE_FMT_S16: MIX(int16_t, value / 32768.0);
    case AV_SAMPLE_FMT_S32: MIX(int32_t, value / 2147483648.0);
    case AV_SAMPLE_FMT_FLT: MIX(float, value);
    case AV_SAMPLE_FMT_DBL: MIX(double, value);
    default: return NULL;
  }
}

/* 3 or 4: how many bytes a pixel has in frame_rgb. */
int EXPORT(frame_depth)(void) {
  const AVPixFmtDescriptor *about = av_pix_fmt_desc_get(frame->format);
  return about && (about->flags & (AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL)) ? 4 : 3;
}

/* The frame as packed RGB or RGBA. */
const uint8_t *EXPORT(frame_rgb)(void) {
  int depth = frame_depth(), width = frame->width, height = frame->height;
  enum AVPixelFormat to = depth == 4 ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
  scaler = sws_getCachedContext(scaler, width, height, frame->format, width, height, to,
                                SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, NULL, NULL, NULL);
  if (!scaler) return NULL;
  /* As browsers do: what does not say its matrix is BT.709 from 720 lines on. */
  int matrix = frame->colorspace;
  if (matrix == AVCOL_SPC_UNSPECIFIED) matrix = height >= 720 ? AVCOL_SPC_BT709 : AVCOL_SPC_BT470BG;
  int full = frame->color_range == AVCOL_RANGE_JPEG;
  sws_setColorspaceDetails(scaler, sws_getCoefficients(matrix), full, sws_getCoefficients(SWS_CS_DEFAULT), 1,
                           0, 1 << 16, 1 << 16);
  /* Its loops write whole vectors past the last pixel of a row. */
  av_fast_malloc(&pixels, &pixels_size, (size_t)width * height * depth + 64);
  if (!pixels) return NULL;
  uint8_t *planes[4] = { pixels };
  int strides[4] = { width * depth };
  if (sws_scale(scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, height, planes, strides) < 0)
    return NULL;
  return pixels;
}
