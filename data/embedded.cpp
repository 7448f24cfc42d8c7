#include "data/embedded.h"

// The assembler copies each file behind a symbol, and its size behind another: an end of its own could
// be moved away by a linker. CMake defines GRADUS_SUBSET_DIR.
#if defined(__ELF__)
#define GRADUS_ASM_SECTION ".rodata"
#define GRADUS_ASM_HIDDEN ".hidden "
#define GRADUS_ASM_NAME "gradus_"
#define GRADUS_ASM_LOCAL ".L"
#elif defined(__APPLE__)
#define GRADUS_ASM_SECTION "__TEXT,__const"
#define GRADUS_ASM_HIDDEN ".private_extern "
#define GRADUS_ASM_NAME "_gradus_"
#define GRADUS_ASM_LOCAL "L"
#else
#error "Say here how this system's assembler calls its section of constants and hides a symbol."
#endif
// clang-format off
#define GRADUS_EMBED(symbol, file)                                        \
  asm(".pushsection " GRADUS_ASM_SECTION "\n"                             \
      ".globl " GRADUS_ASM_NAME #symbol "\n"                              \
      GRADUS_ASM_HIDDEN GRADUS_ASM_NAME #symbol "\n"                      \
      GRADUS_ASM_NAME #symbol ":\n"                                       \
      ".incbin \"" GRADUS_SUBSET_DIR "/" file "\"\n"                      \
      GRADUS_ASM_LOCAL #symbol "_end:\n"                                  \
      ".balign 8\n"                                                       \
      ".globl " GRADUS_ASM_NAME #symbol "_size\n"                         \
      GRADUS_ASM_HIDDEN GRADUS_ASM_NAME #symbol "_size\n"                 \
      GRADUS_ASM_NAME #symbol "_size:\n"                                  \
      ".quad " GRADUS_ASM_LOCAL #symbol "_end - " GRADUS_ASM_NAME #symbol "\n" \
      ".popsection\n");                                                   \
  extern "C" const std::uint8_t gradus_##symbol[];                        \
  extern "C" const std::uint64_t gradus_##symbol##_size
// clang-format on

GRADUS_EMBED(train_images, "train-images-idx3-ubyte.gz");
GRADUS_EMBED(train_labels, "train-labels-idx1-ubyte.gz");
GRADUS_EMBED(test_images, "t10k-images-idx3-ubyte.gz");
GRADUS_EMBED(test_labels, "t10k-labels-idx1-ubyte.gz");

namespace gradus {

EmbeddedFiles embedded_files() {
  return {{"embedded training images", {gradus_train_images, gradus_train_images_size}},
          {"embedded training labels", {gradus_train_labels, gradus_train_labels_size}},
          {"embedded test images", {gradus_test_images, gradus_test_images_size}},
          {"embedded test labels", {gradus_test_labels, gradus_test_labels_size}}};
}

}  // namespace gradus
