#!/bin/sh
# Compiles dav1d's plain C into PREFIX/libdav1d.a: build-dav1d.sh DAV1D_SOURCE PREFIX
set -eu
source=$(realpath "$1")
prefix=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
flags="--target=wasm32-wasi --sysroot=/usr -std=c11 -O3 -msimd128 -mbulk-memory -DNDEBUG -D_WASI_EMULATED_SIGNAL -w
  -I$here/dav1d -I$source -I$source/include -I$source/include/dav1d -I$source/src -I$prefix/include"

mkdir -p "$prefix/dav1d" "$prefix/include"
rm -f "$prefix"/dav1d/*.o
echo '#define DAV1D_VERSION "1.5.1"' > "$prefix/include/vcs_version.h"
for file in "$source"/src/*.c; do
  name=$(basename "$file" .c)
  case $name in
    *_tmpl)
      for bits in 8 16; do
        echo "-DBITDEPTH=$bits -c $file -o $prefix/dav1d/$name-$bits.o"
      done ;;
    *) echo "-c $file -o $prefix/dav1d/$name.o" ;;
  esac
done | xargs -P 2 -I ARGUMENTS sh -c "clang-16 $(echo $flags) ARGUMENTS"
rm -f "$prefix/libdav1d.a"
llvm-ar-16 rcs "$prefix/libdav1d.a" "$prefix"/dav1d/*.o
cat > "$prefix/dav1d.pc" <<PC
Name: dav1d
Description: AV1 decoder
Version: 1.5.1
Libs: -L$prefix -ldav1d
Cflags: -I$source/include
PC
