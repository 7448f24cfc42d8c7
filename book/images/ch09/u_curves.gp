# Redraw u_curves.png and u_curves-dark.png with: gnuplot u_curves.gp
set encoding utf8

# n = 32
$data1 << e
0.0625 0.9362139702
0.125 0.7081224918
0.25 0.3294313103
0.5 0.07601057738
1 0.1666621938
1.414213562 0.5523403883
2 0.9935696423
e

# continued
$data2 << e
0.0625 0.9012830257 0.965483427
0.125 0.6354136467 0.7887049317
0.25 0.2450980693 0.3766835332
0.5 0.05693438277 0.1000290513
1 0.07723324746 1.155930996
1.414213562 0.4424259961 0.642102778
2 0.8082589507 1.120850205
e

# n = 128
$data3 << e
0.0625 0.9384199977
0.125 0.7079606354
0.25 0.3530021757
0.5 0.3645347953
1 0.5950675607
1.414213562 0.7598070204
2 0.7671379149
e

# continued
$data4 << e
0.0625 0.913122654 0.9667611718
0.125 0.6582494378 0.7583040595
0.25 0.2756050825 0.4065176249
0.5 0.2305596769 0.7731702328
1 0.434047997 0.7178949714
1.414213562 0.4885101914 0.779876709
2 0.4395650029 0.8786454201
e

# n = 512
$data5 << e
0.0625 0.9720841348
0.125 0.9062515497
0.25 0.909154892
0.5 1.096971512
1 0.9750700891
1.414213562 0.5608210862
2 0.3996608853
e

# continued
$data6 << e
0.0625 0.963629663 0.9878030419
0.125 0.8798472285 0.9170811176
0.25 0.8590962291 0.9542725086
0.5 1.051797032 1.099293947
1 0.9181230664 1.094727755
1.414213562 0.005509781186 0.9024595022
2 0.1793560237 0.8232657313
e

# n = 32
$data7 << e
0.0625 0.9362139702
0.125 0.7081224918
0.25 0.3294313103
0.5 0.07601057738
1 0.1666621938
1.414213562 0.5523403883
2 0.9935696423
e

# continued
$data8 << e
0.0625 0.9012830257 0.965483427
0.125 0.6354136467 0.7887049317
0.25 0.2450980693 0.3766835332
0.5 0.05693438277 0.1000290513
1 0.07723324746 1.155930996
1.414213562 0.4424259961 0.642102778
2 0.8082589507 1.120850205
e

# n = 128
$data9 << e
0.0625 0.9103569686
0.125 0.6210068464
0.25 0.203118287
0.5 0.04513469897
1 0.02379655745
1.414213562 0.1764275208
2 0.6863088608
e

# continued
$data10 << e
0.0625 0.8878058195 0.9181770682
0.125 0.5780179501 0.6722018719
0.25 0.1722393185 0.2506729066
0.5 0.040466398 0.05168523267
1 0.01403798163 0.02932235785
1.414213562 0.02391623519 1.092132092
2 0.4330475926 0.7596437335
e

# n = 512
$data11 << e
0.0625 0.8923728168
0.125 0.585752666
0.25 0.1874037758
0.5 0.0416157376
1 0.01768761687
1.414213562 0.1519378647
2 0.6471913755
e

# continued
$data12 << e
0.0625 0.8822907209 0.8938369751
0.125 0.5782089829 0.6072942615
0.25 0.1682112366 0.2008105516
0.5 0.03853077814 0.04383220896
1 0.01685524732 0.03158359975
1.414213562 0.08388920873 0.1963086873
2 0.4634254873 0.8587967157
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
  set terminal pngcairo size 1960,916 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'u_curves.png' : 'u_curves-dark.png'

  set label '{/:Bold The best rate moves under SP and stays under µP}' at screen 0.0163265, screen 0.950873 font ',14' textcolor rgb ink
  set label 'spiral, 200 steps of SGD: final loss, median of seeds; pale: smallest to largest' at screen 0.0163265, screen 0.896288 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.829694 to screen 0.0428571, screen 0.829694 nohead lc rgb color[1]
  set label 'n = 32' at screen 0.0510204, screen 0.829694 textcolor rgb ink
  set arrow from screen 0.122851, screen 0.829694 to screen 0.149382, screen 0.829694 nohead lc rgb color[2]
  set label 'n = 128' at screen 0.157545, screen 0.829694 textcolor rgb ink
  set arrow from screen 0.238826, screen 0.829694 to screen 0.265356, screen 0.829694 nohead lc rgb color[3]
  set label 'n = 512' at screen 0.273519, screen 0.829694 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.08035877551; set rmargin at screen 0.5075263265; set tmargin at screen 0.711790393; set bmargin at screen 0.1450938777
  set logscale x 2
  set xtics ('2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0, '2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0)
  set xrange [0.0625:2]
  set logscale y 10
  set ytics ('10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1)
  set yrange [0.01:2]
  set label 'loss' at screen 0.0204082, screen 0.428442 center rotate textcolor rgb ink
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold SP}' at screen 0.0803588, screen 0.744541 textcolor rgb ink

  plot $data2 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data4 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data6 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data1 using 1:2 with lines lc rgb color[1], \
    $data3 using 1:2 with lines lc rgb color[2], \
    $data5 using 1:2 with lines lc rgb color[3]
  unset label; unset arrow; unset object

  set lmargin at screen 0.5442610204; set rmargin at screen 0.9714285714; set tmargin at screen 0.711790393; set bmargin at screen 0.1450938777
  set logscale x 2
  set xtics ('2^{−4}' 0.0625 0, '2^{−3}' 0.125 0, '2^{−2}' 0.25 0, '2^{−1}' 0.5 0, '2^{0}' 1 0, '2^{1}' 2 0)
  set xrange [0.0625:2]
  set logscale y 10
  set ytics ('' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1)
  set yrange [0.01:2]
  set xlabel 'learning rate η' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold µP}' at screen 0.544261, screen 0.744541 textcolor rgb ink

  plot $data8 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[1], \
    $data10 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[2], \
    $data12 using 1:2:3 with filledcurves fs transparent solid 0.22 noborder lc rgb color[3], \
    $data7 using 1:2 with lines lc rgb color[1], \
    $data9 using 1:2 with lines lc rgb color[2], \
    $data11 using 1:2 with lines lc rgb color[3]
  unset label; unset arrow; unset object
  unset multiplot
}
