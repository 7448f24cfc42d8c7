# Redraw myrtle10_wide_loss.png and myrtle10_wide_loss-dark.png with: gnuplot myrtle10_wide_loss.gp
set encoding utf8

# width 128
$data1 << e
0 1
1 0.3658064973
2 0.2862441619
3 0.2466143715
4 0.2229516802
5 0.2064435296
6 0.1941147538
7 0.1844864242
8 0.1769637204
9 0.1714557668
10 0.1663668158
e

# width 256
$data2 << e
0 1
1 0.3566269535
2 0.269590359
3 0.2258541511
4 0.2018579466
5 0.1856634702
6 0.17414819
7 0.1664313567
8 0.1612518873
9 0.1575161638
10 0.1546466951
e

# width 128
$data3 << e
0 1
1 0.1590599754
2 0.1439955863
3 0.1377151311
4 0.1342120944
5 0.1316024101
6 0.1294539805
7 0.1275092416
8 0.1260643864
9 0.1248782838
10 0.1237539
e

# width 256
$data4 << e
0 1
1 0.2281302153
2 0.1525513032
3 0.1461112039
4 0.1445385782
5 0.1445610475
6 0.1438673119
7 0.1439614327
8 0.1439300948
9 0.1433842395
10 0.1434908287
e

# width 128
$data5 << e
0 1
1 0.2292063448
2 0.1492170091
3 0.1197799371
4 0.1171277439
5 0.1160129935
6 0.1153717274
7 0.1151148196
8 0.1150960853
9 0.1148466713
10 0.1148523391
e

# width 256
$data6 << e
0 1
1 1.211171901
2 0.1888983841
3 0.1568824695
4 0.1528031503
5 0.1496532621
6 0.1475122283
7 0.1462484515
8 0.1455869953
9 0.1448700394
10 0.1445258953
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
  set output theme eq 'light' ? 'myrtle10_wide_loss.png' : 'myrtle10_wide_loss-dark.png'

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
  set ytics ('2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1, '2^{4}' 16 0)
  set yrange [0.0625:16]
  set label 'loss / loss_0' at screen 0.0204082, screen 0.410512 center rotate textcolor rgb ink
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
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.0625:16]
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
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.0625:16]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 4}' at screen 0.695745, screen 0.680328 textcolor rgb ink

  plot $data5 using 1:2 with lines lc rgb color[1], \
    $data6 using 1:2 with lines lc rgb color[2]
  unset label; unset arrow; unset object
  unset multiplot
}
