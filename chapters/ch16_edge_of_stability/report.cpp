#include "chapters/support/report.h"
using namespace gradus;
static void body(Report&) {}
int main(int argc, char** argv) {
  return run_report(argc, argv, "ch16", body);
}
