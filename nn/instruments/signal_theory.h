#pragma once

namespace gradus {

/// What depth does to signals of a wide bias-free ReLU net with He initialisation, exactly.

/// The correlation of two inputs' signals one layer on, from theirs, c: in the limit of infinite
/// width E[relu(u) relu(v)] / E[relu(u)^2] for unit normals u, v of correlation c (the arc-cosine
/// kernel of Cho and Saul 2009). Its only fixed point is 1.
double relu_correlation_map(double c);

/// E R^2 = (1 + 5 / width)^layers of R = |z_L|^2 / |z_0|^2, whose mean is 1 (Hanin 2018). By few
/// draws it can be measured only while 5 layers / width is below 1: beyond, rare large R carry it.
double relu_norm_second_moment(double width, double layers);

}  // namespace gradus
