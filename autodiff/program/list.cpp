#include "autodiff/program/list.h"

#include <algorithm>
#include <iomanip>

#include "autodiff/check.h"

namespace gradus::program {
namespace {

std::string numbered(const char* start, std::size_t number) {
  return start + std::to_string(number);
}

std::vector<std::string> names(const List& list) {
  std::vector<std::string> all;
  for (const Value& v : list.values)
    all.push_back(numbered(v.constant ? "c" : "%", all.size()));
  const auto name = [&](const std::vector<Visible>& some, const char* start,
                        const char* end) {
    for (std::size_t i = 0; i < some.size(); ++i)
      all.at(static_cast<std::size_t>(some[i].value)) =
          numbered(start, i) + end;
  };
  name(list.results, "y", "");
  name(list.next, "w", "'");
  name(list.state, "w", "");
  name(list.inputs, "x", "");
  return all;
}

std::string short_text(double number) {
  TextStream out;
  out << number;
  return out.str();
}

std::vector<char> host_bytes(const Tensor& x) {
  std::vector<char> bytes(
      static_cast<std::size_t>(x.size() * size_of(x.dtype())));
  backend(x.device()).copy_to_host(array_of(x), bytes.data());
  return bytes;
}

// Why call `a` of one recording is not call `b` of the next.
std::string difference(const List& one, const Call& a, const List& two,
                       const Call& b) {
  const auto of = [](const List& list, int v) -> const Value& {
    return list.values[static_cast<std::size_t>(v)];
  };
  if (a.text != b.text)
    return "was " + b.text +
           " the next time; sizes must stay, and a number that changes must "
           "come in as a tensor";
  if (of(one, a.write).size != of(two, b.write).size ||
      of(one, a.write).dtype != of(two, b.write).dtype)
    return "had a result of another size the next time; sizes must stay";
  if (a.rows != b.rows)
    return "was given other rows the next time; pick them outside";
  for (std::size_t i = 0; i < a.reads.size(); ++i) {
    const Value &x = of(one, a.reads[i]), &y = of(two, b.reads[i]);
    if (a.reads[i] != b.reads[i] || bool(x.constant) != bool(y.constant))
      return "read another array the next time; pass in, or name as state, "
             "what changes";
    if (x.constant && host_bytes(x.constant) != host_bytes(y.constant))
      return "reads a captured array of " + std::to_string(x.size) +
             " numbers, which has changed; pass it in, or name it as state";
  }
  return {};
}

}  // namespace

std::vector<Life> lives(const List& list) {
  std::vector<Life> all(list.values.size());
  const auto life = [&](int value) -> Life& {
    return all[static_cast<std::size_t>(value)];
  };
  const auto read = [&](int value, int call) {
    life(value).last_read = call;
    ++life(value).readers;
  };
  int number = 0;
  for (const Call& call : list.calls) {
    for (int v : call.reads) read(v, number);
    life(call.write).written = number++;
  }
  for (const Visible& x : list.next) read(x.value, number);
  for (const Visible& x : list.results) read(x.value, number);
  return all;
}

std::string difference(const List& one, const List& two) {
  for (std::size_t i = 0; i < std::min(one.calls.size(), two.calls.size());
       ++i) {
    const std::string found =
        difference(one, one.calls[i], two, two.calls[i]);
    if (!found.empty())
      return numbered("call ", i) + ", " + one.calls[i].text + ", " + found;
  }
  if (one.calls.size() != two.calls.size())
    return numbered("it made ", one.calls.size()) +
           numbered(" calls, and ", two.calls.size()) +
           " the next time; a step must always do the same";
  if (one.next != two.next || one.results != two.results)
    return "another value, or one of another shape, came out the next time";
  return {};
}

std::string to_string(const List& list) {
  const std::vector<std::string> name = names(list);
  TextStream out;
  for (const Call& call : list.calls) {
    std::string line =
        name[static_cast<std::size_t>(call.write)] + " = " + call.text;
    for (int v : call.reads) line += ' ' + name[static_cast<std::size_t>(v)];
    if (const auto* product = std::get_if<MatmulSpec>(&call.kernel);
        product && product->onto)
      line.insert(line.rfind(' '),
                  " times " + short_text(product->alpha) + " onto");
    out << std::left << std::setw(64) << line << std::right << std::setw(8)
        << list.values[static_cast<std::size_t>(call.write)].bytes() << '\n';
  }
  return out.str();
}

}  // namespace gradus::program
