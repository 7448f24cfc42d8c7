#pragma once

#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "data/file_bytes.h"

namespace gradus {

/// No data set that the readers know comes near this size; what announces more is refused unread.
inline constexpr std::uint64_t most_bytes = std::uint64_t{1} << 31;

/// All bytes of a regular file.
std::vector<std::uint8_t> read_file(const std::filesystem::path& path);

/// The bytes of a file from its first to its last, inflated on the way if the file is gzip.
class ByteStream {
 public:
  /// `file` must stay alive.
  explicit ByteStream(const FileBytes& file);
  ~ByteStream();
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  bool is_gzip() const { return is_gzip_; }
  /// Number of bytes still to come in a plain file; that of a gzip file cannot be known.
  std::uint64_t plain_bytes_left() const { return file_.bytes.size() - position_; }

  /// The next bytes, at most `out.size()` of them: fewer only where the stream ends.
  std::size_t read(std::span<std::uint8_t> out);
  /// Appends the next `count` bytes to `out`. Memory grows with what is there, not with `count`.
  void append(std::uint64_t count, std::vector<std::uint8_t>& out);
  /// Throws unless everything was read and, in a gzip file, length and checksum are right.
  void expect_end();

 private:
  const FileBytes& file_;
  bool is_gzip_;
  bool ended_ = false;        // gzip: the last trailer was reached and agrees
  std::size_t position_ = 0;  // plain: bytes read; gzip: inflated from the members before this one
  z_stream inflater_ = {};
};

}  // namespace gradus
