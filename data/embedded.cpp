#include "data/embedded.h"

// The assembler copies each file between two symbols. CMake defines GRADUS_SUBSET_DIR.
// clang-format off
#define GRADUS_EMBED(symbol, file)                                        \
  asm(".pushsection .rodata\n"                                            \
      ".global gradus_" #symbol "_begin\n"                                \
      ".hidden gradus_" #symbol "_begin\n"                                \
      "gradus_" #symbol "_begin:\n"                                       \
      ".incbin \"" GRADUS_SUBSET_DIR "/" file "\"\n"                      \
      ".global gradus_" #symbol "_end\n"                                  \
      ".hidden gradus_" #symbol "_end\n"                                  \
      "gradus_" #symbol "_end:\n"                                         \
      ".popsection\n");                                                   \
  extern "C" const std::uint8_t gradus_##symbol##_begin[], gradus_##symbol##_end[]
// clang-format on

GRADUS_EMBED(train_images, "train-images-idx3-ubyte.gz");
GRADUS_EMBED(train_labels, "train-labels-idx1-ubyte.gz");
GRADUS_EMBED(test_images, "t10k-images-idx3-ubyte.gz");
GRADUS_EMBED(test_labels, "t10k-labels-idx1-ubyte.gz");

namespace gradus {

EmbeddedFiles embedded_files() {
  return {{"embedded training images", {gradus_train_images_begin, gradus_train_images_end}},
          {"embedded training labels", {gradus_train_labels_begin, gradus_train_labels_end}},
          {"embedded test images", {gradus_test_images_begin, gradus_test_images_end}},
          {"embedded test labels", {gradus_test_labels_begin, gradus_test_labels_end}}};
}

}  // namespace gradus
