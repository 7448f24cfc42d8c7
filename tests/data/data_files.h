#pragma once

#include <zlib.h>

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

namespace gradus::test {

using Bytes = std::vector<std::uint8_t>;

/// An IDX file: the magic number, the sizes, and bytes 0, 1, 2, ... (modulo `modulus`) as its data.
inline Bytes idx_file(std::uint32_t magic, std::initializer_list<std::uint32_t> sizes,
                      std::size_t count, unsigned modulus = 256) {
  Bytes bytes;
  const auto append = [&bytes](std::uint32_t word) {
    for (const int shift : {24, 16, 8, 0})
      bytes.push_back(static_cast<std::uint8_t>(word >> shift));
  };
  append(magic);
  for (const std::uint32_t size : sizes) append(size);
  for (std::size_t i = 0; i < count; ++i) bytes.push_back(static_cast<std::uint8_t>(i % modulus));
  return bytes;
}

/// `count` images of 2 x 3 pixels, all pixels counted up from 0.
inline Bytes idx_images(std::uint32_t count) {
  return idx_file(0x0803, {count, 2, 3}, std::size_t{6} * count);
}
/// Labels 0, 1, ..., 9, 0, ...
inline Bytes idx_labels(std::uint32_t count) { return idx_file(0x0801, {count}, count, 10); }

/// Records of `label_bytes` labels and 3072 pixels; label l of record i is i + l, and pixel p of
/// plane c in record i is 64 c + p + i, modulo 256.
inline Bytes cifar_file(std::size_t records, std::size_t label_bytes) {
  Bytes bytes;
  for (std::size_t i = 0; i < records; ++i) {
    for (std::size_t l = 0; l < label_bytes; ++l) bytes.push_back(static_cast<std::uint8_t>(i + l));
    for (std::size_t c = 0; c < 3; ++c)
      for (std::size_t p = 0; p < 1024; ++p)
        bytes.push_back(static_cast<std::uint8_t>(64 * c + p + i));
  }
  return bytes;
}

inline Bytes gzip(const Bytes& plain) {
  z_stream stream = {};
  if (deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib could not start");
  Bytes packed(deflateBound(&stream, plain.size()));
  stream.next_in = const_cast<Bytef*>(plain.data());
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = packed.data();
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
  return packed;
}

}  // namespace gradus::test
