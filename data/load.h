#pragma once

#include <filesystem>
#include <string>

#include "data/dataset.h"

namespace gradus {

/// Training and test images. The test set is empty where a folder holds training images only. The
/// `source` of both is the same line; programs print it.
struct DataSplits {
  Dataset train;
  Dataset test;
};

/// Reads a folder in which the official files of MNIST, Fashion-MNIST (plain or gzip), CIFAR-10 or
/// CIFAR-100 (binary version) lie, and recognises by their names which it is.
DataSplits read_folder(const std::filesystem::path& folder);

/// The subset of Fashion-MNIST that is part of every program.
DataSplits embedded_fashion_mnist();

/// Where images are looked for; the first place that is there wins: what the user asked for, else
/// Fashion-MNIST from Debian's package, else from the cache, else the embedded subset.
struct DataPlaces {
  std::string option;             ///< of --data: a folder or a name, see `load_images`, or empty
  std::string variable;           ///< the same from $GRADUS_DATA
  std::filesystem::path package;  ///< of Debian's dataset-fashion-mnist
  std::filesystem::path cache;    ///< where data/get_data.sh keeps its downloads; empty for none
};

/// The places on this computer: $GRADUS_DATA, /usr/share/datasets/fashion-mnist and
/// ${XDG_CACHE_HOME:-~/.cache}/gradus.
DataPlaces data_places(const std::string& data_option);

/// The images of the first place that is there.
DataSplits load_images_from(const DataPlaces& places);

/// The images to work with, looked up in `data_places`. What the user asks for is a folder for
/// `read_folder` or a name: mnist, fashion-mnist, cifar-10 or cifar-100 (all their files, from the
/// package or the cache), or embedded. If that cannot be read, it is an error; no other place is tried.
DataSplits load_images(const std::string& data_option = "");

}  // namespace gradus
