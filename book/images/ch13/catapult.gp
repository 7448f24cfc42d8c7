# Redraw catapult.png and catapult-dark.png with: gnuplot catapult.gp
set encoding utf8

# c = 1.5
$data1 << e
0 1
1 0.24750625
2 0.06018817741
3 0.01457227824
4 0.003524348001
5 0.0008521528565
6 0.0002060292992
7 4.981198867e-05
8 1.204306925e-05
9 2.911656254e-06
10 7.039518043e-07
11 1.701945813e-07
12 4.114798053e-08
e

# c = 2.5
$data2 << e
0 1
1 2.24250625
2 4.982890918
3 10.84622909
4 22.54908037
5 42.39004208
6 64.42886776
7 64.6485953
8 32.15282353
9 6.273132038
10 0.592102829
11 0.04623637274
12 0.003542108794
e

# c = 3.5
$data3 << e
0 1
1 6.23750625
2 38.46086825
3 220.5722415
4 788.369064
5 21.03803373
6 2.965053359
7 0.2413865569
8 0.01786747995
9 0.001312006806
10 9.628325555e-05
11 7.065558363e-06
12 5.184905183e-07
e

# c = 4.05
$data4 << e
0 1
1 9.28725625
2 85.09137542
3 685.6173737
4 1246.126375
5 3.566182356
6 48.44698719
7 620.8432595
8 3097.622622
9 23232.11997
10 32747857.62
11 2.139610853e+17
12 6.12187216e+46
e

# c = 1.5
$data5 << e
0 1.5
1 1.49375
2 1.492199219
3 1.491821869
4 1.491730494
5 1.491708394
6 1.49170305
7 1.491701758
8 1.491701446
9 1.491701371
10 1.491701352
11 1.491701348
12 1.491701347
e

# c = 2.5
$data6 << e
0 2.5
1 2.49625
2 2.487819578
3 2.468982003
4 2.427467573
5 2.338819673
6 2.162775913
7 1.866850243
8 1.522087405
9 1.322907689
10 1.280923305
11 1.276898373
12 1.276583607
e

# c = 3.5
$data7 << e
0 3.5
1 3.49875
2 3.490933625
3 3.441985788
4 3.134279674
5 1.428011867
6 1.292737934
7 1.272669993
8 1.271024141
9 1.270902241
10 1.270893289
11 1.270892633
12 1.270892584
e

# c = 4.05
$data8 << e
0 4.05
1 4.050125
2 4.051288809
3 4.062199398
4 4.168811867
5 4.694714166
6 4.700907859
7 4.785800044
8 6.005446696
9 21.53573933
10 1040.016739
11 84819361.69
12 4.537010457e+22
e

# c = 1.5
$data9 << e
0 1.504983444
1 1.494991677
2 1.492501671
3 1.491895126
4 1.491748213
5 1.491712678
6 1.491704086
7 1.491702009
8 1.491701507
9 1.491701385
10 1.491701356
11 1.491701349
12 1.491701347
e

# c = 2.5
$data10 << e
0 2.502996409
1 2.502969537
2 2.502751815
3 2.501501163
4 2.495243758
5 2.467656608
6 2.366929251
7 2.097962336
8 1.666766449
9 1.357564237
10 1.284380824
11 1.277169889
12 1.276604417
e

# c = 3.5
$data11 << e
0 3.502141547
1 3.512070149
2 3.571695414
3 3.86950595
4 4.460009563
5 1.531067575
6 1.309717097
7 1.274090927
8 1.271129564
9 1.270909983
10 1.270893858
11 1.270892674
12 1.270892587
e

# c = 4.05
$data12 << e
0 4.051851006
1 4.067250677
2 4.203124731
3 5.075355977
4 5.784499974
5 4.700404393
6 4.776971203
7 5.615056903
8 8.681501137
9 27.80277257
10 1238.352045
11 100747397.4
12 5.389005203e+22
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
  set terminal pngcairo size 1960,740 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'catapult.png' : 'catapult-dark.png'

  set label '{/:Bold Above c = 2 the loss rises until the kernel has fallen far enough}' at screen 0.0163265, screen 0.939189 font ',14' textcolor rgb ink
  set label 'uv model without a label, n = 100, φ_0 = 0.05, trained by the engine' at screen 0.0163265, screen 0.871622 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.789189 to screen 0.0428571, screen 0.789189 nohead lc rgb color[1]
  set label 'c = 1.5' at screen 0.0510204, screen 0.789189 textcolor rgb ink
  set arrow from screen 0.127351, screen 0.789189 to screen 0.153882, screen 0.789189 nohead lc rgb color[2]
  set label 'c = 2.5' at screen 0.162045, screen 0.789189 textcolor rgb ink
  set arrow from screen 0.238376, screen 0.789189 to screen 0.264906, screen 0.789189 nohead lc rgb color[3]
  set label 'c = 3.5' at screen 0.273069, screen 0.789189 textcolor rgb ink
  set arrow from screen 0.3494, screen 0.789189 to screen 0.375931, screen 0.789189 nohead lc rgb color[4]
  set label 'c = 4.05' at screen 0.384094, screen 0.789189 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.08035877551; set rmargin at screen 0.3329868027; set tmargin at screen 0.5918918919; set bmargin at screen 0.1770357045
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:12]
  set logscale y 10
  set ytics ('10^{−4}' 0.0001 0, '' 0.001 1, '10^{−2}' 0.01 0, '' 0.1 1, '10^{0}' 1 0, '' 10 1, '10^{2}' 100 0, '' 1000 1, '10^{4}' 10000 0)
  set yrange [0.0001:10000]
  set label 'L / L_0' at screen 0.0204082, screen 0.384464 center rotate textcolor rgb ink
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold loss over first loss}' at screen 0.0803588, screen 0.632432 textcolor rgb ink

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2], \
    $data3 using 1:2 with lines lc rgb color[3], \
    $data4 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.3995796599; set rmargin at screen 0.6522076871; set tmargin at screen 0.5918918919; set bmargin at screen 0.1770357045
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:12]
  unset logscale y
  set ytics 2
  set format y '%.0f'
  set yrange [0:6]
  set label 'η λ' at screen 0.363599, screen 0.384464 center rotate textcolor rgb ink
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold kernel: η λ}' at screen 0.39958, screen 0.683784 textcolor rgb ink
  set label 'also weights: η ‖θ‖^2 / n' at screen 0.39958, screen 0.632432 textcolor rgb grey

  plot $data5 using 1:2 with lines lc rgb color[1], \
    $data6 using 1:2 with lines lc rgb color[2], \
    $data7 using 1:2 with lines lc rgb color[3], \
    $data8 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.7188005442; set rmargin at screen 0.9714285714; set tmargin at screen 0.5918918919; set bmargin at screen 0.1770357045
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:12]
  unset logscale y
  set ytics 2
  set format y ''
  set yrange [0:6]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold Hessian: η λ_{max}}' at screen 0.718801, screen 0.683784 textcolor rgb ink
  set label 'largest eigenvalue' at screen 0.718801, screen 0.632432 textcolor rgb grey

  plot $data9 using 1:2 with lines lc rgb color[1], \
    $data10 using 1:2 with lines lc rgb color[2], \
    $data11 using 1:2 with lines lc rgb color[3], \
    $data12 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object
  unset multiplot
}
