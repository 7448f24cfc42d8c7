# Redraw layers.png and layers-dark.png with: gnuplot layers.gp
set encoding utf8

# SP
$data1 << e
1 -0.4969826213 -0.5289387972 -0.4650264454
2 -0.0001652547752 -0.03496287176 0.03463236221
3 0.003322995378 -0.02732305555 0.0339690463
4 -0.00271472957 -0.04896570076 0.04353624161
5 -0.01038920789 -0.03316490014 0.01238648437
6 -0.02257974461 -0.0507776099 0.005618120676
7 0.005188353071 -0.008463650218 0.01884035636
8 -0.01828882452 -0.0266546848 -0.009922964243
9 -0.01242597634 -0.01793588223 -0.006916070445
10 0.02008521551 -0.000573276637 0.04074370765
11 -0.002578198355 -0.0368019501 0.03164555339
12 -0.0008100574691 -0.0369226203 0.03530250536
13 0.0059818497 -0.04659840075 0.05856210016
14 0.002518888428 -0.05539191803 0.06042969488
15 -0.02504643981 -0.07402043852 0.02392755891
16 0.4454624031 0.4085002001 0.482424606
e

# continued
$data2 << e
0.5 -0.5
1.5 -0.5
nan nan
1.5 -1.601713252e-16
2.5 -1.601713252e-16
2.5 -1.601713252e-16
3.5 -1.601713252e-16
3.5 -1.601713252e-16
4.5 -1.601713252e-16
4.5 -1.601713252e-16
5.5 -1.601713252e-16
5.5 -1.601713252e-16
6.5 -1.601713252e-16
6.5 -1.601713252e-16
7.5 -1.601713252e-16
7.5 -1.601713252e-16
8.5 -1.601713252e-16
8.5 -1.601713252e-16
9.5 -1.601713252e-16
9.5 -1.601713252e-16
10.5 -1.601713252e-16
10.5 -1.601713252e-16
11.5 -1.601713252e-16
11.5 -1.601713252e-16
12.5 -1.601713252e-16
12.5 -1.601713252e-16
13.5 -1.601713252e-16
13.5 -1.601713252e-16
14.5 -1.601713252e-16
14.5 -1.601713252e-16
15.5 -1.601713252e-16
nan nan
15.5 0.5
16.5 0.5
nan nan
e

# µP
$data3 << e
1 0.003017378708 -0.02893879716 0.03497355458
2 -0.5001652548 -0.5349628718 -0.4653676378
3 -0.4966770046 -0.5273230555 -0.4660309537
4 -0.5027147296 -0.5489657008 -0.4564637584
5 -0.5103892079 -0.5331649001 -0.4876135156
6 -0.5225797446 -0.5507776099 -0.4943818793
7 -0.4948116469 -0.5084636502 -0.4811596436
8 -0.5182888245 -0.5266546848 -0.5099229642
9 -0.5124259763 -0.5179358822 -0.5069160704
10 -0.4799147845 -0.5005732766 -0.4592562924
11 -0.5025781984 -0.5368019501 -0.4683544466
12 -0.5008100575 -0.5369226203 -0.4646974946
13 -0.4940181503 -0.5465984008 -0.4414378998
14 -0.4974811116 -0.555391918 -0.4395703051
15 -0.5250464398 -0.5740204385 -0.4760724411
16 -0.05453759693 -0.09149979985 -0.01757539401
e

# continued
$data4 << e
0.5 0
1.5 0
nan nan
1.5 -0.5
2.5 -0.5
2.5 -0.5
3.5 -0.5
3.5 -0.5
4.5 -0.5
4.5 -0.5
5.5 -0.5
5.5 -0.5
6.5 -0.5
6.5 -0.5
7.5 -0.5
7.5 -0.5
8.5 -0.5
8.5 -0.5
9.5 -0.5
9.5 -0.5
10.5 -0.5
10.5 -0.5
11.5 -0.5
11.5 -0.5
12.5 -0.5
12.5 -0.5
13.5 -0.5
13.5 -0.5
14.5 -0.5
14.5 -0.5
15.5 -0.5
nan nan
15.5 -1.110223025e-16
16.5 -1.110223025e-16
nan nan
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
  set terminal pngcairo size 1640,960 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'layers.png' : 'layers-dark.png'

  set label '{/:Bold The hidden layers of one network agree}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'exponent of the width in learning-rate factor × ‖df/dw‖ / ‖w‖; depth 16; dashed: predicted' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.9459926829; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0.02:16.98]
  unset logscale y
  set ytics 0.2
  set format y '%.1f'
  set yrange [-0.6277214604:0.5537010219]
  set label 'exponent' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'layer' offset 0,0.2 textcolor rgb ink
  set label 'SP' at graph 0.9565907037, graph 0.9083828008 front textcolor rgb color[1]
  set label 'µP' at graph 0.9565907037, graph 0.4851641746 front textcolor rgb color[2]

  plot $data1 using 1:3:(0):($4-$3) with vectors nohead lc rgb color[1], \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data2 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data3 using 1:3:(0):($4-$3) with vectors nohead lc rgb color[2], \
    $data3 using 1:2 with points pt 7 ps 0.7 lc rgb color[2], \
    $data4 using 1:2 with lines dt (16,10) lc rgb color[2]
}
