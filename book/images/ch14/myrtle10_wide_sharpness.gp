# Redraw myrtle10_wide_sharpness.png and myrtle10_wide_sharpness-dark.png with: gnuplot myrtle10_wide_sharpness.gp
set encoding utf8

# width 128
$data1 << e
0 1
1 0.3040216658
2 0.2393594636
3 0.2133403559
4 0.1981384597
5 0.1873389575
6 0.1785241458
7 0.1709248055
8 0.1657167722
9 0.161776814
10 0.158380532
e

# width 256
$data2 << e
0 1
1 0.4219233885
2 0.3681940209
3 0.345112656
4 0.3349670092
5 0.3262880474
6 0.3219257601
7 0.3178432623
8 0.3162624427
9 0.316021562
10 0.3154469049
e

# width 128
$data3 << e
0 1
1 0.1274311992
2 0.1045078055
3 0.09715168069
4 0.09389132968
5 0.09132923665
6 0.08966335783
7 0.08801977813
8 0.08747440948
9 0.08728307185
10 0.08712192264
e

# width 256
$data4 << e
0 1
1 0.2378489318
2 0.2036703246
3 0.2052102384
4 0.2076578176
5 0.2072426586
6 0.2069083221
7 0.2061032096
8 0.205755788
9 0.2071347592
10 0.20621284
e

# width 128
$data5 << e
0 1
1 0.2637698894
2 0.08381914389
3 0.03238857864
4 0.03309879362
5 0.03427447657
6 0.0368113219
7 0.03723841314
8 0.03730716704
9 0.03924700377
10 0.04007956121
e

# width 256
$data6 << e
0 1
1 0.7336898004
2 0.0590038482
3 0.03006713573
4 0.02877428664
5 0.02811225143
6 0.02791220411
7 0.0276645733
8 0.02796188413
9 0.02825846327
10 0.02827766061
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
  set terminal pngcairo size 1960,732 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'myrtle10_wide_sharpness.png' : 'myrtle10_wide_sharpness-dark.png'

  set label '{/:Bold myrtle10}' at screen 0.0163265, screen 0.938525 font ',14' textcolor rgb ink
  set label 'ten steps at c = 2^x' at screen 0.0163265, screen 0.870219 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.786885 to screen 0.0428571, screen 0.786885 nohead lc rgb color[1]
  set label 'width 128' at screen 0.0510204, screen 0.786885 textcolor rgb ink
  set arrow from screen 0.151501, screen 0.786885 to screen 0.178032, screen 0.786885 nohead lc rgb color[2]
  set label 'width 256' at screen 0.186195, screen 0.786885 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07090877551; set rmargin at screen 0.3465922449; set tmargin at screen 0.6393442623; set bmargin at screen 0.1816795738
  unset logscale x
  set xtics 2
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '2^{−8}' 0.00390625 0, '' 0.0078125 1, '2^{−6}' 0.015625 0, '' 0.03125 1, '2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set label 'λ / λ_0' at screen 0.0204082, screen 0.410512 center rotate textcolor rgb ink
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 0}' at screen 0.0709088, screen 0.680328 textcolor rgb ink

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.3833269388; set rmargin at screen 0.6590104082; set tmargin at screen 0.6393442623; set bmargin at screen 0.1816795738
  unset logscale x
  set xtics 2
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 0, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 2}' at screen 0.383327, screen 0.680328 textcolor rgb ink

  plot $data3 using 1:2 with lines lc rgb color[1], \
    $data4 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object

  set lmargin at screen 0.695745102; set rmargin at screen 0.9714285714; set tmargin at screen 0.6393442623; set bmargin at screen 0.1816795738
  unset logscale x
  set xtics 2
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.001953125 1, '' 0.00390625 0, '' 0.0078125 1, '' 0.015625 0, '' 0.03125 1, '' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1)
  set yrange [0.001953125:8]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 4}' at screen 0.695745, screen 0.680328 textcolor rgb ink

  plot $data5 using 1:2 with lines lc rgb color[1], \
    $data6 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object
  unset multiplot
}
