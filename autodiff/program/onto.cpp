#include <utility>

#include "autodiff/program/passes.h"

namespace gradus::program {
namespace {

// The list with what onto asks about it.
class Products {
 public:
  explicit Products(List& list) : list_(list) { look(); }

  // [onto]
  // Call number j is c + term or c - term, and term is a product or a number
  // times one, which nobody else reads. Then the product adds to c as it goes,
  // and neither term nor the sum is an array of its own. It stays where it
  // was, so c must be there by then, and its place be free from then on.
  bool join(std::size_t j, bool first_is_c) {
    const Call& sum = list_.calls[j];
    const Binary* op = std::get_if<Binary>(&sum.kernel);
    const bool add = op && *op == Binary::add,
               subtract = op && *op == Binary::subtract;
    if (!add && !(subtract && first_is_c)) return false;
    const int c = sum.reads[first_is_c ? 0 : 1];
    double alpha = add ? 1 : -1;
    int product = only_maker(sum.reads[first_is_c ? 1 : 0]), scaling = -1;
    if (const Map* map = kernel<Map>(product);
        map && map->op == Unary::scale) {
      alpha *= map->p;
      scaling = std::exchange(product, only_maker(call(product).reads[0]));
    }
    const MatmulSpec* plain = kernel<MatmulSpec>(product);
    if (!plain || plain->onto ||
        !free_between(c, product, static_cast<int>(j)))
      return false;

    MatmulSpec spec = *plain;
    spec.alpha = alpha;
    spec.onto = true;
    const auto run = [spec](Backend& device, const Array* a) {
      if (a[2].data != a[3].data)
        device.slice(a[2], {1, a[2].size, 1}, 0, a[2].size, a[3]);
      device.matmul(a[0], a[1], spec, a[3]);
    };
    Call& joined = list_.calls[static_cast<std::size_t>(product)];
    joined.reads.push_back(c);
    joined = {joined.text, run, spec, {}, joined.reads, sum.write};
    list_.calls.erase(list_.calls.begin() + static_cast<std::ptrdiff_t>(j));
    if (scaling >= 0) list_.calls.erase(list_.calls.begin() + scaling);
    look();
    return true;
  }
  // [onto]

 private:
  void look() { life_ = lives(list_); }
  const Call& call(int number) const {
    return list_.calls[static_cast<std::size_t>(number)];
  }
  const Life& life(int value) const {
    return life_[static_cast<std::size_t>(value)];
  }

  template <class Kind>
  const Kind* kernel(int number) const {
    return number < 0 ? nullptr : std::get_if<Kind>(&call(number).kernel);
  }
  // The call that makes a value which is read once; -1: none.
  int only_maker(int value) const {
    return life(value).readers == 1 ? life(value).written : -1;
  }

  // Whether c is there before call `from`, read by `to` for the last time and by none in between, and
  // may be written over: it was made here, or is state of which `to` makes the new value.
  bool free_between(int c, int from, int to) const {
    if (life(c).written >= from || life(c).last_read != to) return false;
    for (int i = from; i < to; ++i)
      for (int read : call(i).reads)
        if (read == c) return false;
    if (life(c).written >= 0) return true;
    for (std::size_t i = 0; i < list_.state.size(); ++i)
      if (list_.state[i].value == c && list_.next[i].value == call(to).write)
        return true;
    return false;
  }

  List& list_;
  std::vector<Life> life_;
};

}  // namespace

void onto(List& list) {
  Products products(list);
  for (std::size_t j = 0; j < list.calls.size(); ++j)
    while (j < list.calls.size() &&
           (products.join(j, true) || products.join(j, false))) {
    }
}

}  // namespace gradus::program
