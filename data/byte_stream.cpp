#include "data/byte_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "autodiff/check.h"

namespace gradus {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 22;

bool is_gzip(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

}  // namespace

std::vector<std::uint8_t> read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  check(status.type() != std::filesystem::file_type::not_found, "[data] ", path.native(),
        " does not exist");
  check(!error, "[data] ", path.native(), " cannot be read: ", error.message());
  check(!std::filesystem::is_directory(status), "[data] ", path.native(),
        " is a folder, not a file");
  // A pipe could make us wait for ever, a device could deliver for ever.
  check(std::filesystem::is_regular_file(status), "[data] ", path.native(),
        " is not a regular file");

  const std::uintmax_t size = std::filesystem::file_size(path, error);
  check(!error, "[data] ", path.native(), " cannot be read: ", error.message());
  check(size <= most_bytes, "[data] ", path.native(), " has more than ", most_bytes,
        " bytes: it is none of the data sets that can be read");

  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  check(file != nullptr, "[data] ", path.native(), " cannot be opened: ", std::strerror(errno));
  std::vector<std::uint8_t> bytes;
  std::size_t got = 0;
  do {
    const std::size_t before = bytes.size();
    bytes.resize(before + chunk_bytes);
    got = std::fread(bytes.data() + before, 1, chunk_bytes, file.get());
    check(!std::ferror(file.get()), "[data] ", path.native(),
          " cannot be read: ", std::strerror(errno));
    bytes.resize(before + got);
  } while (got == chunk_bytes);
  return bytes;
}

ByteStream::ByteStream(const FileBytes& file) : file_(file) {
  const auto bytes = file.bytes;
  check(!bytes.empty(), "[data] ", file.name, " is empty");
  check(bytes.size() <= most_bytes, "[data] ", file.name, " has more than ", most_bytes,
        " bytes: it is none of the data sets that can be read");
  is_gzip_ = gradus::is_gzip(bytes);
  if (!is_gzip_) return;
  inflater_.next_in = const_cast<Bytef*>(bytes.data());  // zlib only reads it
  inflater_.avail_in = static_cast<uInt>(bytes.size());
  const int gzip_only = 16;
  check(inflateInit2(&inflater_, gzip_only + MAX_WBITS) == Z_OK, "[data] ", file.name,
        ": zlib could not start: out of memory");
}

ByteStream::~ByteStream() {
  if (is_gzip_) inflateEnd(&inflater_);
}

std::size_t ByteStream::read(std::span<std::uint8_t> out) {
  if (!is_gzip_) {
    const std::size_t count = std::min(out.size(), file_.bytes.size() - position_);
    std::copy_n(file_.bytes.begin() + static_cast<std::ptrdiff_t>(position_), count, out.begin());
    position_ += count;
    return count;
  }
  inflater_.next_out = out.data();
  inflater_.avail_out = static_cast<uInt>(out.size());
  while (inflater_.avail_out > 0 && !ended_) {
    const int result = inflate(&inflater_, Z_NO_FLUSH);
    const bool member_ended = result == Z_STREAM_END;
    const std::size_t inflated = position_ + inflater_.total_out;
    check(result != Z_BUF_ERROR, "[data] ", file_.name, " is truncated: its gzip data stop after ",
          inflated, " bytes, before their end; copy or download it again");
    check(member_ended || result == Z_OK, "[data] ", file_.name, " is corrupt after ", inflated,
          " bytes (gzip: ", inflater_.msg ? inflater_.msg : "unknown error",
          "); copy or download it again");
    ended_ = member_ended && !gradus::is_gzip(file_.bytes.last(inflater_.avail_in));
    if (member_ended && !ended_) {  // the next of several members, which read as one file
      position_ = inflated;
      inflateReset(&inflater_);
    }
  }
  return out.size() - inflater_.avail_out;
}

void ByteStream::append(std::uint64_t count, std::vector<std::uint8_t>& out) {
  while (count > 0) {
    const std::size_t before = out.size();
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(count, chunk_bytes));
    out.resize(before + wanted);
    const std::size_t got = read(std::span(out).subspan(before));
    check(got == wanted, "[data] ", file_.name, " ends ", count - got,
          " bytes before the end that its header announces; copy or download it again");
    count -= got;
  }
}

void ByteStream::expect_end() {
  std::uint8_t more = 0;
  check(read({&more, 1}) == 0, "[data] ", file_.name,
        " goes on after the end that its header announces");
  check(inflater_.avail_in == 0, "[data] ", file_.name, " has ", inflater_.avail_in,
        " bytes after the end of its gzip data");
}

}  // namespace gradus
