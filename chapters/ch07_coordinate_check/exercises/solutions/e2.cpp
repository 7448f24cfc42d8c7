// Solution of exercise 7.2: the logits of attention.

/// Training aligns k with q, and then the product is a sum of n terms of one sign (Yang et al.
/// 2022, definition 4.1). At n = 64 this is n^-1/2.
double logit_scale(double n) { return 8 / n; }
