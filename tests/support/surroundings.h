#pragma once

#include <stdlib.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include "tests/catch.h"

// A folder that goes away with the test.
struct TemporaryFolder {
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "gradus-support-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    path = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  std::set<std::string> names() const {
    std::set<std::string> result;
    for (const auto& entry : std::filesystem::directory_iterator(path))
      result.insert(entry.path().filename());
    return result;
  }
  std::filesystem::path path;
};

// What is printed on a stream while this lives.
struct Captured {
  explicit Captured(std::ostream& out) : stream(out), old(out.rdbuf(text.rdbuf())) {}
  ~Captured() { stream.rdbuf(old); }
  std::string str() const { return text.str(); }
  std::ostringstream text;
  std::ostream& stream;
  std::streambuf* old;
};

// An environment variable that has another value while this lives.
struct Environment {
  Environment(const char* variable, const std::string& value) : name(variable) {
    if (const char* before = std::getenv(variable)) old = before;
    setenv(variable, value.c_str(), 1);
  }
  ~Environment() { old ? setenv(name, old->c_str(), 1) : unsetenv(name); }
  const char* name;
  std::optional<std::string> old;
};

inline std::string read(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

inline long lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }
