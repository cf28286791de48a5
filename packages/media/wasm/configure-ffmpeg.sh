#!/bin/sh
# Configures FFmpeg for WebAssembly (WASI): decoders and demuxers alone, no GPL parts, no threads, no protocols.
# Run in a build folder: configure-ffmpeg.sh FFMPEG_SOURCE DAV1D_PREFIX
set -eu
source=$1
prefix=$2
here=$(dirname "$(realpath "$0")")

flags="--target=wasm32-wasi --sysroot=/usr -O3 -msimd128 -mbulk-memory -mnontrapping-fptoint -DNDEBUG -D_WASI_EMULATED_PROCESS_CLOCKS -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_GETPID -I$here/compat"

demuxers=mov,matroska,ogg,mp3,flac,aac,gif
decoders=h264,hevc,vp8,vp9,libdav1d,mjpeg,gif
decoders=$decoders,aac,mp3float,flac,vorbis,opus,alac
decoders=$decoders,pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_alaw,pcm_mulaw
parsers=h264,hevc,vp8,vp9,av1,mjpeg,gif,aac,mpegaudio,flac,vorbis,opus

PKG_CONFIG_LIBDIR=$prefix "$source/configure" \
  --cc="clang-16" --ar=llvm-ar-16 --ranlib=llvm-ranlib-16 --nm=llvm-nm-16 --ld="clang-16" \
  --enable-cross-compile --target-os=none --arch=wasm32 --disable-asm --disable-x86asm \
  --extra-cflags="$flags" --extra-ldflags="--target=wasm32-wasi --sysroot=/usr" \
  --pkg-config=pkg-config --pkg-config-flags=--static \
  --disable-autodetect --disable-everything --disable-programs --disable-doc --disable-debug --disable-network \
  --disable-pthreads --disable-avdevice --disable-avfilter --disable-runtime-cpudetect --disable-error-resilience \
  --disable-iamf --enable-libdav1d \
  --enable-demuxer=$demuxers --enable-decoder=$decoders --enable-parser=$parsers
