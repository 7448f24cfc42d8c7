# Redraw sizes.png and sizes-dark.png with: gnuplot sizes.gp
set encoding utf8

# hidden rate not scaled
$data1 << e
64 1.384204644
128 1.329016991
256 1.329852857
512 1.354027879
1024 1.362219598
2048 1.425599307
e

# continued
$data2 << e
64 1.306715845 1.467239496
128 1.21128353 1.390623243
256 1.296262619 1.417138647
512 1.305353874 1.385886187
1024 1.33408486 1.395480263
2048 1.390188642 1.450307432
e

# µP
$data3 << e
64 1.384204644
128 1.329928725
256 1.329729887
512 1.350776014
1024 1.343943537
2048 1.349133844
e

# continued
$data4 << e
64 1.306715845 1.467239496
128 1.210449662 1.390691948
256 1.297501608 1.417070172
512 1.299194789 1.386256525
1024 1.312450635 1.377764134
2048 1.321238853 1.375541537
e

# hidden rate not scaled
$data5 << e
64 0.01678775132
128 0.03210256962
256 0.06257768812
512 0.1220136981
1024 0.2447389692
2048 0.4878267808
e

# continued
$data6 << e
64 0.01516087925 0.01857735244
128 0.02988592284 0.03536519899
256 0.06018946121 0.06523541176
512 0.117360373 0.1268997374
1024 0.2306782934 0.2504188486
2048 0.4786214283 0.4952414242
e

# µP
$data7 << e
64 0.01678775132
128 0.01674231661
256 0.01667861541
512 0.01645400648
1024 0.01652942275
2048 0.01653822635
e

# continued
$data8 << e
64 0.01516087925 0.01857735244
128 0.01568362667 0.01839291563
256 0.01613108868 0.01736035909
512 0.01586432292 0.0170476307
1024 0.01571237268 0.01690995792
2048 0.01625307897 0.0167753688
e

do for [theme in 'light dark'] {
  reset
  if (theme eq 'light') {
    page = '#ffffff'; ink = '#1f2328'; grey = '#59636e'; pale = '#d0d7de'; grid = '#dfe3e8'
    array color[6] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']
  } else {
    page = '#0d1117'; ink = '#f0f6fc'; grey = '#9198a1'; pale = '#3d444d'; grid = '#2a313c'
    array color[6] = ['#56b4e9', '#ff9e4a', '#2fd6a3', '#ee9fc7', '#ffd166', '#8fb8ff']
  }
  set terminal pngcairo size 1960,926 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'sizes.png' : 'sizes-dark.png'

  set label '{/:Bold One mistake, looked at twice}' at screen 0.0163265, screen 0.951404 font ',14' textcolor rgb ink
  set label 'second layer after 2 steps of Adam, η = 0.001; medians, smallest to largest' at screen 0.0163265, screen 0.897408 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.831533 to screen 0.0428571, screen 0.831533 nohead lc rgb color[1]
  set label 'hidden rate not scaled' at screen 0.0510204, screen 0.831533 textcolor rgb ink
  set arrow from screen 0.239851, screen 0.831533 to screen 0.266382, screen 0.831533 nohead lc rgb color[2]
  set label 'µP' at screen 0.274545, screen 0.831533 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07033877551; set rmargin at screen 0.4756022449; set tmargin at screen 0.6738660907; set bmargin at screen 0.1420343758
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [64:2048]
  set logscale y 10
  set ytics ('0.5' 0.5 0, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '1' 1 0, '2' 2 0, '' 3 1, '' 4 1, '5' 5 0)
  set yrange [0.5:5]
  set label 'size' at screen 0.0204082, screen 0.40795 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Size}' at screen 0.0703388, screen 0.7473 textcolor rgb ink
  set label 'rms of h_2' at screen 0.0703388, screen 0.706263 textcolor rgb grey

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data4 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data1 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.566165102; set rmargin at screen 0.9714285714; set tmargin at screen 0.6738660907; set bmargin at screen 0.1420343758
  set logscale x 2
  set xtics ('2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0, '2^{10}' 1024 0, '2^{11}' 2048 0)
  set xrange [64:2048]
  set logscale y 10
  set ytics ('' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0)
  set yrange [0.005:1]
  set label 'change' at screen 0.506214, screen 0.40795 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Change}' at screen 0.566165, screen 0.7473 textcolor rgb ink
  set label 'rms of h_2 - h_2(0)' at screen 0.566165, screen 0.706263 textcolor rgb grey

  plot $data6 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data8 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data5 using 1:2 with lines lc rgb color[1], \
    $data7 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object
  unset multiplot
}
