/*
 * Rows of a matrix in few bits: ../src/quantize/kernel.ts calls it, and ../src/quantize/blocks.ts says what the numbers mean. Every
 * weight of a model goes through here, four at a time.
 */
#include <stdint.h>
#include <wasm_simd128.h>

enum kind { FLOAT32, FLOAT16, BFLOAT16 };

/* Lanes of 32 bits that hold 16 bits of a float16 each, as float32: what is subnormal, infinite or no number stays so. */
static inline v128_t widen_half(v128_t bits) {
  const v128_t sign = wasm_i32x4_shl(wasm_v128_and(bits, wasm_i32x4_const_splat(0x8000)), 16);
  const v128_t magnitude = wasm_i32x4_shl(wasm_v128_and(bits, wasm_i32x4_const_splat(0x7fff)), 13);
  /* The exponent's bias is 15 and not 127; multiplying makes subnormal ones normal. */
  const v128_t scaled = wasm_f32x4_mul(magnitude, wasm_f32x4_const_splat(0x1p112f));
  const v128_t special = wasm_v128_and(wasm_i32x4_gt(magnitude, wasm_i32x4_const_splat(0x7bff << 13)),
                                       wasm_i32x4_const_splat(0x7f800000));
  return wasm_v128_or(wasm_v128_or(scaled, special), sign);
}

static inline v128_t widen(v128_t bits, enum kind kind) {
  return kind == FLOAT16 ? widen_half(bits) : wasm_i32x4_shl(bits, 16);
}

/* A row as float32, zeros up to `padded`, which is a multiple of 8; `from` may be read as far. */
static inline void read_row(const uint8_t *from, enum kind kind, uint32_t columns, uint32_t padded, float *row) {
  for (uint32_t at = 0; at < columns; at += 8) {
    if (kind == FLOAT32) {
      wasm_v128_store(row + at, wasm_v128_load(from + 4 * at));
      wasm_v128_store(row + at + 4, wasm_v128_load(from + 4 * at + 16));
    } else {
      const v128_t halves = wasm_v128_load(from + 2 * at);
      wasm_v128_store(row + at, widen(wasm_u32x4_extend_low_u16x8(halves), kind));
      wasm_v128_store(row + at + 4, widen(wasm_u32x4_extend_high_u16x8(halves), kind));
    }
  }
  for (uint32_t at = columns; at < padded; at++) row[at] = 0;
}

static inline float sum(v128_t lanes) {
  return wasm_f32x4_extract_lane(lanes, 0) + wasm_f32x4_extract_lane(lanes, 1) +
         wasm_f32x4_extract_lane(lanes, 2) + wasm_f32x4_extract_lane(lanes, 3);
}

/*
 * pmin and pmax are one instruction each where min and max, which have rules for what is no number, are many. Of these two the first
 * operand is what comes back then.
 */
static inline v128_t at_most(v128_t values, v128_t highest) { return wasm_f32x4_pmin(values, highest); }
static inline v128_t at_least(v128_t values, v128_t lowest) { return wasm_f32x4_pmax(values, lowest); }

/* The scale at which no number is cut off; 0 where all are 0, no number where one is none. */
static inline float reaching_scale(const float *values, uint32_t count, float half) {
  v128_t highest = wasm_f32x4_const_splat(0), lowest = highest, none = highest;
  for (uint32_t at = 0; at < count; at += 4) {
    const v128_t four = wasm_v128_load(values + at);
    highest = wasm_f32x4_pmax(highest, four);
    lowest = wasm_f32x4_pmin(lowest, four);
    none = wasm_v128_or(none, wasm_f32x4_ne(four, four));
  }
  if (wasm_v128_any_true(none)) return __builtin_nanf("");
  float high = 0, low = 0;
  for (int lane = 0; lane < 4; lane++) {
    const float up = ((float *)&highest)[lane], down = ((float *)&lowest)[lane];
    if (up > high) high = up;
    if (down < low) low = down;
  }
  /* The lowest number reaches one further than the highest: the largest value goes there, whatever its sign. */
  return -(high >= -low ? high : low) / half;
}

/* What makes numbers of values. */
struct grid {
  v128_t scale, lowest, highest;
};

static inline struct grid grid_of(float scale, float half) {
  return (struct grid){
      .scale = wasm_f32x4_splat(scale == 0 ? 1 : scale), /* 0 is of zeros */
      .lowest = wasm_f32x4_splat(-half),
      .highest = wasm_f32x4_splat(half - 1),
  };
}

/* The nearest numbers of four values; of one in the middle between two the upper one, which only a division tells for sure. */
static inline v128_t nearest(v128_t values, const struct grid *grid) {
  const v128_t steps = wasm_f32x4_div(values, grid->scale);
  const v128_t inside = at_most(at_least(steps, grid->lowest), grid->highest);
  return wasm_f32x4_floor(wasm_f32x4_add(inside, wasm_f32x4_const_splat(0.5f)));
}

/* Σ value · number and Σ number²: least squares divides them, and leaves Σ value² − product² / square. */
struct fit {
  v128_t product, square;
};

static inline void add(struct fit *fit, v128_t value, v128_t number) {
  fit->product = wasm_f32x4_add(fit->product, wasm_f32x4_mul(value, number));
  fit->square = wasm_f32x4_add(fit->square, wasm_f32x4_mul(number, number));
}

/* By least squares, to the numbers that `reaching` gives. */
static inline float fitted_scale(const float *values, uint32_t count, float half, float reaching) {
  const struct grid grid = grid_of(reaching, half);
  struct fit fit = {wasm_f32x4_const_splat(0), wasm_f32x4_const_splat(0)};
  for (uint32_t at = 0; at < count; at += 4) {
    const v128_t value = wasm_v128_load(values + at);
    add(&fit, value, nearest(value, &grid));
  }
  return sum(fit.product) / sum(fit.square);
}

/* What smaller scales are of the one that reaches: they cut off the largest numbers and are finer for all others. */
static const float smaller[] = {1, 0.93f, 0.86f, 0.8f};
enum { tried = 4 };

/*
 * Of the scales fitted to the numbers that several give, the one that leaves the least squared error. They are tried in one loop: sums
 * that do not wait for each other take less time than one after the other. That a product is not quite a quotient does not matter.
 */
static inline float best_scale(const float *values, uint32_t count, float half, float reaching) {
  const v128_t lowest = wasm_f32x4_splat(-half), highest = wasm_f32x4_splat(half - 1);
  v128_t inverse[tried];
  struct fit fits[tried];
  for (int one = 0; one < tried; one++) {
    inverse[one] = wasm_f32x4_splat(1 / (reaching * smaller[one]));
    fits[one].product = fits[one].square = wasm_f32x4_const_splat(0);
  }
  for (uint32_t at = 0; at < count; at += 4) {
    const v128_t value = wasm_v128_load(values + at);
    for (int one = 0; one < tried; one++) {
      const v128_t number = wasm_f32x4_nearest(wasm_f32x4_mul(value, inverse[one]));
      add(&fits[one], value, at_most(at_least(number, lowest), highest));
    }
  }
  float best = 0, most = -1;
  for (int one = 0; one < tried; one++) {
    const float product = sum(fits[one].product), square = sum(fits[one].square);
    const float explained = product * (product / square);
    if (explained != explained) return explained;
    if (explained > most) {
      best = product / square;
      most = explained;
    }
  }
  return best;
}

/* The numbers of four values without sign, as int32. */
static inline v128_t codes(const float *values, const struct grid *grid) {
  const v128_t numbers = nearest(wasm_v128_load(values), grid);
  const v128_t shift = wasm_f32x4_sub(wasm_f32x4_const_splat(0x1.8p23f), grid->lowest);
  /* Added to 1.5 · 2²³, a whole number stands in the last bits. */
  return wasm_v128_and(wasm_f32x4_add(numbers, shift), wasm_i32x4_const_splat(0xff));
}

/* Sixteen of them as bytes. */
static inline v128_t sixteen(const float *values, const struct grid *grid) {
  const v128_t low = wasm_i16x8_narrow_i32x4(codes(values, grid), codes(values + 4, grid));
  const v128_t high = wasm_i16x8_narrow_i32x4(codes(values + 8, grid), codes(values + 12, grid));
  return wasm_u8x16_narrow_i16x8(low, high);
}

/* Two numbers of 4 bits in each byte of 16 bits of two, the first in the lower half. */
static inline v128_t joined(v128_t bytes) {
  return wasm_v128_and(wasm_v128_or(bytes, wasm_u16x8_shr(bytes, 4)), wasm_i16x8_const_splat(0xff));
}

static inline uint8_t *pack(const float *values, uint32_t count, float scale, int bits, uint8_t *packed) {
  const struct grid grid = grid_of(scale, bits == 4 ? 8 : 128);
  for (uint32_t at = 0; at < count; at += 16) {
    const v128_t bytes = sixteen(values + at, &grid);
    if (bits == 8) {
      wasm_v128_store(packed, bytes);
      packed += 16;
    } else {
      const v128_t pairs = joined(bytes);
      wasm_v128_store64_lane(packed, wasm_u8x16_narrow_i16x8(pairs, pairs), 0);
      packed += 8;
    }
  }
  return packed;
}

static inline void quantize_rows(const uint8_t *from, enum kind kind, uint32_t rows, uint32_t columns,
                                 uint32_t block_size, int bits, float *row, float *scales, uint8_t *packed) {
  const uint32_t blocks = (columns + block_size - 1) / block_size;
  const float half = bits == 4 ? 8 : 128;
  const uint32_t row_bytes = columns * (kind == FLOAT32 ? 4 : 2);
  for (uint32_t number = 0; number < rows; number++) {
    read_row(from + number * row_bytes, kind, columns, blocks * block_size, row);
    for (uint32_t block = 0; block < blocks; block++) {
      const float *values = row + block * block_size;
      const float reaching = reaching_scale(values, block_size, half);
      const float scale = reaching == 0 ? 0
                          : bits == 4   ? best_scale(values, block_size, half, reaching)
                                        : fitted_scale(values, block_size, half, reaching);
      *scales++ = scale;
      packed = pack(values, block_size, scale, bits, packed);
    }
  }
}

/*
 * `rows` of `columns` numbers at `from` to scales [rows, blocks] and blocks [rows, blocks, bytes]; `row` is room for a row, rounded up
 * to blocks. Up to 31 bytes behind the last row may be read.
 */
__attribute__((export_name("quantize"))) void quantize(const uint8_t *from, enum kind kind, uint32_t rows,
                                                       uint32_t columns, uint32_t block_size, int bits,
                                                       float *row, float *scales, uint8_t *packed) {
  /* A loop of its own for each, in which what does not change is known. */
  if (bits == 4 && kind == FLOAT16)
    quantize_rows(from, FLOAT16, rows, columns, block_size, 4, row, scales, packed);
  else if (bits == 4)
    quantize_rows(from, kind, rows, columns, block_size, 4, row, scales, packed);
  else
    quantize_rows(from, kind, rows, columns, block_size, 8, row, scales, packed);
}
