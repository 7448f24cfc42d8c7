// A program that knows nothing of gradus and opens a plugin that uses it: plugin_host PLUGIN.
#include <dlfcn.h>

#include <cstdio>

int main(int, char** argv) {
  void* plugin = dlopen(argv[1], RTLD_NOW);
  void* test = plugin ? dlsym(plugin, "gradient_test") : nullptr;
  if (!test) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 2;
  }
  return reinterpret_cast<int (*)()>(test)();
}
