// Rows of the ops that move, repeat or sum entries.
#include <utility>

#include "tests/engine/op_rows.h"
#include "tests/engine/op_samples.h"

namespace gradus {
namespace {

using reference::HostArray;
using namespace samples;

// clang-format off: a row of the table stays a row

void broadcast_rows(Rows& rows) {
  const std::vector<std::pair<Shape, Shape>> shapes = {
      {{}, {}},           {{}, {2, 3}},           {{3}, {2, 3}},
      {{2, 1}, {2, 3}},   {{1, 1, 3}, {2, 4, 3}}, {{2, 1, 3, 1}, {5, 2, 4, 3, 2}},
      {{3}, {1, 3}},      {{1, 3}, {0, 3}},       {{1}, {4, 1, 2, 3, 1, 2}},
      {{0, 1}, {2, 0, 3}}};
  for (const auto& [small, large] : shapes) {
    rows.push_back({"broadcast_to",
                    to_string(small) + " to " + to_string(large),
                    {any(small)},
                    [to = large](const Tensors& x) { return broadcast_to(x[0], to); },
                    [to = large](const Arrays& x) { return reference::broadcast_to(x[0], to); }});
    rows.push_back({"sum_to",
                    to_string(large) + " to " + to_string(small),
                    {any(large)},
                    [to = small](const Tensors& x) { return sum_to(x[0], to); },
                    [to = small](const Arrays& x) { return reference::sum_to(x[0], to); }});
  }
}

std::string to_string(const Axes& axes) {
  std::string text = "axes";
  for (int axis : axes) text += " " + std::to_string(axis);
  return text;
}

void reduce_rows(Rows& rows) {
  struct Case {
    Shape shape;
    Axes axes;
  };
  const std::vector<Case> cases = {
      {{}, {}},         {{37}, {}},          {{3, 4}, {0}},
      {{3, 4}, {-1}},   {{3, 4}, {1, 0}},    {{1, 5}, {0}},
      {{2, 3, 4}, {1}}, {{2, 3, 4}, {0, 2}}, {{2, 3, 2, 2, 1, 2}, {-1, 1, 2}},
      {{2, 0, 3}, {0}}};
  using Op = Tensor (*)(const Tensor&, const Axes&, bool);
  const auto add_rows = [&rows](const std::string& name, Tensor (*sample)(const Shape&), Op op,
                                double (*group)(const std::vector<double>&),
                                const std::vector<Case>& list) {
    for (const Case& c : list)
      for (bool keep : {false, true})
        rows.push_back(
            {name,
             gradus::to_string(c.shape) + " " + to_string(c.axes) + (keep ? " kept" : ""),
             {sample(c.shape)},
             [op, axes = c.axes, keep](const Tensors& x) { return op(x[0], axes, keep); },
             [group, axes = c.axes, keep](const Arrays& x) {
               return reference::reduce(x[0], axes, keep, group);
             }});
  };
  add_rows("sum", any, sum, reference::group_sum, cases);
  add_rows("sum", any, sum, reference::group_sum, {{{2, 0, 3}, {1}}, {{0}, {}}});
  add_rows("mean", any, mean, reference::group_mean, cases);
  add_rows(
      "max", [](const Shape& shape) { return spread(shape); }, max, reference::group_max, cases);
  add_rows("logsumexp", any, logsumexp, reference::group_logsumexp, cases);

  for (const Shape& shape : {Shape{}, Shape{41}, Shape{3, 4}, Shape{0, 2}})
    rows.push_back({"dot",
                    gradus::to_string(shape),
                    {any(shape), any(shape)},
                    [](const Tensors& x) { return dot(x[0], x[1]); },
                    [](const Arrays& x) {
                      return HostArray({}, {reference::inner(x[0].values, x[1].values)});
                    }});
  for (const Case& c : {Case{{7}, {0}}, Case{{3, 4}, {-1}}, Case{{2, 5, 3}, {1}}})
    rows.push_back({"argmax",
                    gradus::to_string(c.shape) + " " + to_string(c.axes),
                    {spread(c.shape)},
                    [axis = c.axes[0]](const Tensors& x) { return argmax(x[0], axis); },
                    [axes = c.axes](const Arrays& x) {
                      return reference::reduce(x[0], axes, false, reference::group_argmax);
                    },
                    false,
                    false});
}

void shape_rows(Rows& rows) {
  struct Reshape {
    Shape from;
    reference::Index dims;
    Shape to;
  };
  const std::vector<Reshape> reshapes = {{{2, 6}, {3, 4}, {3, 4}},        {{2, 6}, {-1}, {12}},
                                         {{2, 6}, {3, -1, 2}, {3, 2, 2}}, {{1, 1}, {}, {}},
                                         {{}, {1, 1, 1}, {1, 1, 1}},      {{0, 3}, {5, 0}, {5, 0}},
                                         {{3, 0}, {3, -1}, {3, 0}}};
  for (const Reshape& r : reshapes)
    rows.push_back({"reshape",
                    to_string(r.from) + " to " + to_string(r.to),
                    {any(r.from)},
                    [dims = r.dims](const Tensors& x) { return reshape(x[0], dims); },
                    [to = r.to](const Arrays& x) { return HostArray(to, x[0].values); }});

  const std::vector<std::pair<Shape, Axes>> transposes = {{{}, {}},
                                                          {{5}, {}},
                                                          {{3, 4}, {}},
                                                          {{37, 41}, {1, 0}},
                                                          {{2, 3, 4}, {}},
                                                          {{2, 3, 4}, {1, 0, 2}},
                                                          {{2, 3, 4}, {0, 2, 1}},
                                                          {{2, 3, 4}, {1, 2, 0}},
                                                          {{2, 3, 4}, {2, 0, 1}},
                                                          {{2, 3, 4}, {-1, 0, -2}},
                                                          {{2, 3, 4}, {0, 1, 2}},
                                                          {{2, 3, 1, 2, 3, 2}, {3, 5, 0, 2, 4, 1}},
                                                          {{2, 0, 3}, {2, 0, 1}}};
  for (const auto& [shape, order] : transposes) {
    Axes positive_order = order;
    for (int& axis : positive_order) axis += axis < 0 ? shape.rank() : 0;
    rows.push_back(
        {"transpose",
         gradus::to_string(shape) + " " + to_string(order),
         {any(shape)},
         [order = order](const Tensors& x) { return transpose(x[0], order); },
         [positive_order](const Arrays& x) { return reference::transpose(x[0], positive_order); }});
  }

  struct Span {
    Shape shape;
    int axis;
    std::int64_t first, second;
  };
  for (const Span& s :
       {Span{{7}, 0, 2, 5}, Span{{3, 4}, 0, 1, 3}, Span{{3, 4}, 1, 0, 4}, Span{{2, 3, 4}, 1, 2, 3},
        Span{{2, 3, 4}, 2, 1, 1}, Span{{2, 2, 3, 1, 2, 2}, 2, 1, 3}, Span{{0, 4}, 1, 1, 2}}) {
    rows.push_back(
        {"slice",
         to_string(s.shape) + " axis " + std::to_string(s.axis) + " from " +
             std::to_string(s.first) + " to " + std::to_string(s.second),
         {any(s.shape)},
         [s](const Tensors& x) { return slice(x[0], s.axis - s.shape.rank(), s.first, s.second); },
         [s](const Arrays& x) { return reference::slice(x[0], s.axis, s.first, s.second); }});
  }
  for (const Span& s :
       {Span{{7}, 0, 2, 5}, Span{{3, 4}, 0, 0, 3}, Span{{3, 4}, 1, 2, 0}, Span{{2, 3, 4}, 1, 0, 0},
        Span{{2, 2, 3, 1, 2, 2}, 2, 1, 3}, Span{{0, 4}, 0, 1, 2}, Span{{2, 0}, 0, 1, 2}})
    rows.push_back(
        {"pad",
         to_string(s.shape) + " axis " + std::to_string(s.axis) + " by " + std::to_string(s.first) +
             " and " + std::to_string(s.second),
         {any(s.shape)},
         [s](const Tensors& x) { return pad(x[0], s.axis, s.first, s.second); },
         [s](const Arrays& x) { return reference::pad(x[0], s.axis, s.first, s.second); }});
}

void row_rows(Rows& rows) {
  struct Case {
    Shape shape;
    reference::Index indices;
  };
  for (const Case& c : {Case{{5}, {4, 0, 0, 2}}, Case{{4, 3}, {3, 1, 3, 3, 0, 2}},
                        Case{{3, 2, 2}, {2}}, Case{{3, 2}, {}}, Case{{3, 0}, {1, 1}}})
    rows.push_back({"gather_rows",
                    to_string(c.shape) + " " + std::to_string(c.indices.size()) + " rows",
                    {any(c.shape)},
                    [i = c.indices](const Tensors& x) { return gather_rows(x[0], i); },
                    [i = c.indices](const Arrays& x) { return reference::gather_rows(x[0], i); }});
  for (const Case& c : {Case{{4}, {4, 0, 0, 2}}, Case{{6, 3}, {3, 1, 3, 3, 0, 2}},
                        Case{{1, 2, 2}, {2}}, Case{{0, 2}, {}}, Case{{2, 0}, {1, 1}}})
    rows.push_back(
        {"scatter_rows",
         to_string(c.shape) + " into 5 rows",
         {any(c.shape)},
         [i = c.indices](const Tensors& x) { return scatter_rows(x[0], i, 5); },
         [i = c.indices](const Arrays& x) { return reference::scatter_rows(x[0], i, 5); }});
}

// clang-format on

}  // namespace

void shape_op_rows(Rows& rows) {
  broadcast_rows(rows);
  reduce_rows(rows);
  shape_rows(rows);
  row_rows(rows);
}

}  // namespace gradus
