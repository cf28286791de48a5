#!/bin/sh
# Links decoder.c with the libraries of a build folder: link.sh FFMPEG_SOURCE FFMPEG_BUILD PREFIX
set -eu
source=$1
build=$2
prefix=$3
here=$(dirname "$(realpath "$0")")

# 640 MiB is what a 4K film with 16 reference frames takes, and the most that a hostile file can.
flags="--target=wasm32-wasi --sysroot=/usr"
clang-16 $flags -O3 -msimd128 -mbulk-memory -mnontrapping-fptoint -I"$source" -I"$build" -c "$here/decoder.c" -o "$build/decoder.o"
# Without -O: clang would run wasm-opt itself, and without the features.
clang-16 $flags -mexec-model=reactor "$build/decoder.o" \
  -L"$build/libavformat" -L"$build/libavcodec" -L"$build/libswscale" -L"$build/libswresample" -L"$build/libavutil" -L"$prefix" \
  -lavformat -lavcodec -lswscale -lswresample -lavutil -ldav1d \
  -lwasi-emulated-process-clocks -lwasi-emulated-signal -lwasi-emulated-getpid -lm \
  -Wl,--stack-first,-z,stack-size=1048576,--max-memory=671088640,--gc-sections,--strip-all \
  -o "$build/decoder.wasm"
wasm-opt -O2 --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
  "$build/decoder.wasm" -o "$here/decoder.wasm"
ls -l "$here/decoder.wasm"
