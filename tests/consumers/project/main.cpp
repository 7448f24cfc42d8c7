// A program of another project.
extern "C" int gradient_test();

int main() { return gradient_test(); }
