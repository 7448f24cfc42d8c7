# What the tests of the exercises must refuse: solutions with one mistake in each, and the cause that
# the test must name. Outside of the default build; the test `exercises` builds and runs them.
set(wrong_answers ${CMAKE_CURRENT_BINARY_DIR}/wrong_answers.txt)  # program, tab, cause
file(WRITE ${wrong_answers}.new "")
add_custom_target(wrong_answers)

# wrong(CHAPTER.EXERCISE NAME RIGHT WRONG CAUSE): the solution with WRONG in place of RIGHT.
function(wrong exercise name right wrong cause)
  string(REPLACE "." ";" parts ${exercise})
  list(GET parts 0 chapter)
  list(GET parts 1 number)
  if(chapter MATCHES "^[0-9]$")
    set(chapter ch0${chapter})
  elseif(chapter MATCHES "^[0-9]+$")
    set(chapter ch${chapter})
  endif()
  file(GLOB solution ${PROJECT_SOURCE_DIR}/chapters/${chapter}*/exercises/solutions/e${number}.cpp)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${solution})
  file(READ "${solution}" text)
  string(FIND "${text}" "${right}" at)
  if(at LESS 0)
    message(FATAL_ERROR "exercise ${exercise} has no \"${right}\" in its solution")
  endif()
  string(REPLACE "${right}" "${wrong}" text "${text}")
  set(program ${chapter}_e${number}_wrong_${name})
  file(CONFIGURE OUTPUT ${program}.cpp CONTENT "${text}" @ONLY)
  gradus_exercise_program(${program} ${chapter}_e${number}_test ${CMAKE_CURRENT_BINARY_DIR}/${program}.cpp)
  target_compile_options(${program} PRIVATE -O0 -w)
  add_dependencies(wrong_answers ${program})
  file(APPEND ${wrong_answers}.new "${program}\t${cause}\n")
endfunction()

wrong(1.1 difference [[return vjp(pulled_back, v, u, {.zeros = true});]] [[return f(x + v) - y;]]
  "a difference quotient, and no derivative")
wrong(1.2 half_cotangent "scale(stop_gradient(h), 2.0)" "scale(stop_gradient(h), 1.0)"
  "d (h^2) / dh is 2 h")
wrong(1.2 recorded "const NoGrad values_only;" "" "the way forward is recorded")
wrong(2.1 square_of_sum "(1 +
          a * a)" "((1 + a) * (1 + a))" "(1 + a)^2 instead of 1 + a^2")
wrong(2.1 no_v_squared "v * v * 1.5" "1.5" "v^2 is missing before E phi(g)^4")
wrong(2.2 sign "- 2 * a * opposite" "+ 2 * a * opposite" "with the sign of -a")
wrong(2.2 late "return layer;" "return layer + 1;" "the first map makes layer 1")
wrong(3.1 no_relu " *
            greater(z[l], full_like(z[l], 0.0))" "" "delta_1 passes relu's slope")
wrong(3.1 before_relu "relu(matmul(z.back(), weights[l]))" "matmul(z.back(), weights[l])"
  "the last layer's input is z, after relu")
wrong(3.2 no_square "(error * error)" "error" "as one over the root of the seeds")
wrong(3.2 rounded_down "std::ceil" "std::floor" "round up")
wrong(4.1 sum_not_mean " / static_cast<double>(f.dim(0))" "" "the loss is a mean")
wrong(4.1 uphill "-lr *" "lr *" "a step goes against the gradient")
wrong(4.2 arithmetic "std::sqrt(low * high)" "(low + high) / 2" "not halved in the logarithm")
wrong(4.2 upper_end "  return low;" "  return high;" "the interval's upper end")
wrong(5.1 no_mean " / static_cast<double>(count)" "" "a factor N K is too much")
wrong(5.1 over_examples "static_cast<double>(count)" "static_cast<double>(x.dim(0))"
  "a factor K is too much")
wrong(5.2 one_depth "layers = static_cast<double>(depth)" "layers = 4.0" "at every depth")
wrong(5.2 output_halved "rates.back() = 1 /" "rates.back() = 2 /" "has no 1/2")
wrong(5.2 constant_features "return -0.5" "return 0" "through n output weights")
wrong(6.1 t_for_sgd "row.sgd_lr, -0.5" "row.sgd_lr, -1" "t^2 must undo the factor")
wrong(6.1 width_only "power.depth_mult + exponent * t.depth_mult" "power.depth_mult" "t must undo Adam's factor, all three powers of it")
wrong(6.1 two_columns "times(row.sgd_lr, t, 2), times(row.adam_lr, t, 1)" "{}, {}" "each by its own power")
wrong(6.1 start_alone "x.multiplier == y.multiplier && " "" "the sizes of an update differ")
wrong(6.2 not_squared "-= 2 * r" "-= r" "m^-2r, not m^-r")
wrong(6.2 output_left_out ", &table.output, " ", " "all rates fall")
wrong(7.1 one_sided "std::abs(fit_log_log(widths, changes).slope)" "fit_log_log(widths, changes).slope"
  "a change that shrinks is suspicious too")
wrong(7.1 standing_still "!(moves && std::abs" "moves && !(std::abs" "is no sign of health")
wrong(7.2 from_one "8 / n" "1 / n" "that of n = 1")
wrong(8.1 one_norm "norm == Norm::frobenius ?" "true ?" "this is the Frobenius norm's")
wrong(8.1 no_multiplier "exponent(out.multiplier, 1) + exponent(out.init_std, 1)" "exponent(out.init_std, 1)"
  "delta knows the output's multiplier")
wrong(8.2 exchanged "fan_out / fan_in" "fan_in / fan_out" "fan_in and fan_out are exchanged")
wrong(8.2 frobenius "spectral_norm(g[l]).value" "frobenius_norm(g[l])" "where the spectral one is asked for")
wrong(9.1 sizes "in_grows = narrow[rank - 2] != wide[rank - 2]" "in_grows = wide[rank - 2] > 100"
  "sizes say nothing")
wrong(9.2 multiplied "decay / net.params[i].sgd_lr" "decay * net.params[i].sgd_lr" "divide by the factor")
wrong(10.1 own_alone "  return own + power(table.output.multiplier, Role::output) +
         power(table.output.init_std, Role::output);" "  return own;" "as small as the output weights")
wrong(10.2 all_biases "role != Role::bias && role != Role::output_bias" "role != Role::bias"
  "there are two roles of biases")
wrong(11.1 once "{2 * p - 1, p - 1}" "{p - 1, p - 1}" "beta acts twice")
wrong(11.1 adam_forgets_both "{2 * p - 1, p - 1}" "{2 * p - 1, 2 * p - 1}" "not that of what is added")
wrong(11.2 one_mean "mean(z, {1}, true)" "mean(z)" "each row has a mean of its own")
wrong(11.2 square "L / 2)" "L)" "this is the growth of the square")
wrong(12.1 not_again "round < 2" "round < 0" "alpha_1 v_1 is not yet taken away")
wrong(12.1 two_terms "for (const std::vector<Tensor>& v : basis)" "for (const std::vector<Tensor>& v : std::vector<std::vector<Tensor>>(basis.end() - std::min<long>(2, basis.size()), basis.end()))"
  "orthogonal to all before it")
wrong(12.2 not_added "return mu + power" "return power" "the shift must be added again")
wrong(13.1 no_start "y * (y - f0)" "y * y" "holds the label and f0")
wrong(13.2 one_direction "grown *= 1 + phi;" "" "u - v grows by 1 + phi")
wrong(14.1 not_squared "2 * t" "t" "the loss holds squares")
wrong(14.1 first_step "t <= steps" "t <= 1" "the first")
wrong(14.2 bisected "std::min(stride - 1, last)" "last" "step over an island")
wrong(15.1 rate_once "task.lr * alpha * alpha" "task.lr * alpha" "comes out of the loss squared")
wrong(15.2 first_step "t <= steps" "t <= 1" "this is c_loss after one step")
wrong(15.2 top_alone "k < mu.size()" "k < 1" "the other modes' loss is not 0")
wrong(16.1 momentum_only " / (1 + 2 * m)" "" "the edge of momentum without the look ahead")
wrong(16.1 gradient_descent "2 * (1 + m) / (1 + 2 * m)" "2" "the edge without momentum")
wrong(16.2 no_length " / inner_product(d, d)" "" "divide by the squared length of the way")
wrong(16.2 one_gradient "add_scaled(g1, -1, g0)" "g1" "the change of the gradient, not the gradient")
wrong(17.1 from_zero "(y * y - f0 * f0)" "y * y" "f begins at f0")
wrong(17.2 itself "stop_gradient(net(start, x))" "stop_gradient(net(weights, x))" "not f itself")
wrong(program.1 ends_alone "if (!needed[static_cast<std::size_t>(call->write)]) continue;
    for (int value : call->reads) need(value);" "for (int value : call->reads) need(value);
    if (!needed[static_cast<std::size_t>(call->write)]) continue;" "a chain dies from its end")
wrong(program.1 no_state "for (const Visible& x : list.next) need(x.value);" "" "the new state is seen after the step")
wrong(program.1 no_results "for (const Visible& x : list.results) need(x.value);" "" "though no call reads it")
wrong(program.1 backwards "std::reverse(left.begin(), left.end());" "" "keep their order")
wrong(program.2 busy "y.last_read - y.written" "y.readers" "how often it is read says nothing")
wrong(program.2 needed_last "y.last_read - y.written" "y.last_read" "a life begins with the call that writes")
wrong(program.2 tie "<= longest" "< longest" "of several the first")
wrong(program.2 inputs "for (const Call& call : list.calls) {
    const Life& y = life[static_cast<std::size_t>(call.write)];" "for (int x = 0; x < static_cast<int>(life.size()); ++x) {
    const Life& y = life[static_cast<std::size_t>(x)];
    const struct { int write; } call{x};" "are there before the first call")

configure_file(${wrong_answers}.new ${wrong_answers} COPYONLY)
