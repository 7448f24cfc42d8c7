#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "data/file_bytes.h"

namespace gradus {

/// Reads the IDX format of MNIST and Fashion-MNIST, plain or gzip: one file of images, one of
/// labels, each with a big-endian header (magic number, then one 32-bit size per dimension).
Dataset read_idx(const std::filesystem::path& images, const std::filesystem::path& labels,
                 std::int64_t classes = 10);
/// `read_idx` from memory.
Dataset parse_idx(const FileBytes& images, const FileBytes& labels, std::int64_t classes = 10);

/// The two data sets in the CIFAR binary layout: records of one label byte (CIFAR-100: a coarse and
/// a fine one, of which the fine one is kept) and 32 x 32 red, then green, then blue bytes.
enum class Cifar { cifar10, cifar100 };

/// Reads any number of files of whole records, one after the other, from planar to interleaved.
Dataset read_cifar(Cifar kind, const std::vector<std::filesystem::path>& files);
/// `read_cifar` from memory, one file.
Dataset parse_cifar(Cifar kind, const FileBytes& file);

}  // namespace gradus
