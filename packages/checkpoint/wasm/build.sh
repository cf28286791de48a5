#!/bin/sh
# Compiles quantize.c, with Debian's clang-16 and lld-16.
set -eu
here=$(dirname "$(realpath "$0")")
clang-16 --target=wasm32 -O3 -msimd128 -mbulk-memory -mnontrapping-fptoint -ffreestanding -nostdlib -Wall -Wextra -Werror \
  -Wl,--no-entry,--strip-all,--stack-first,-z,stack-size=65536,--export=__heap_base "$here/quantize.c" -o "$here/quantize.wasm"
ls -l "$here/quantize.wasm"
