# Redraw layers.png and layers-dark.png with: gnuplot layers.gp
set encoding utf8

# SP
$data1 << e
1 -0.5329850777 -0.5521671473 -0.5138030082
2 -0.03143412797 -0.04973333641 -0.01313491954
3 -0.02424674809 -0.03977370709 -0.008719789082
4 -0.03068098274 -0.05078829066 -0.01057367483
5 -0.02344752233 -0.03349475318 -0.01340029147
6 -0.02734768453 -0.03824773959 -0.01644762947
7 -0.008059188962 -0.01499608765 -0.00112229027
8 -0.01824637514 -0.02271391141 -0.01377883887
9 -0.01956430486 -0.0248759718 -0.01425263792
10 -0.006741297677 -0.01827972047 0.004797125112
11 -0.009465176602 -0.02270399198 0.003773638773
12 -0.01120564125 -0.0254411474 0.003029864895
13 -0.006053981065 -0.02647744361 0.01436948148
14 -0.01431946291 -0.03686170871 0.008222782885
15 -0.02149304958 -0.04004850397 -0.002937595179
16 0.4751309005 0.4582937738 0.4919680272
e

# continued
$data2 << e
0.75 -0.5
1.25 -0.5
nan nan
1.75 -1.601713252e-16
2.25 -1.601713252e-16
2.75 -1.601713252e-16
3.25 -1.601713252e-16
3.75 -1.601713252e-16
4.25 -1.601713252e-16
4.75 -1.601713252e-16
5.25 -1.601713252e-16
5.75 -1.601713252e-16
6.25 -1.601713252e-16
6.75 -1.601713252e-16
7.25 -1.601713252e-16
7.75 -1.601713252e-16
8.25 -1.601713252e-16
8.75 -1.601713252e-16
9.25 -1.601713252e-16
9.75 -1.601713252e-16
10.25 -1.601713252e-16
10.75 -1.601713252e-16
11.25 -1.601713252e-16
11.75 -1.601713252e-16
12.25 -1.601713252e-16
12.75 -1.601713252e-16
13.25 -1.601713252e-16
13.75 -1.601713252e-16
14.25 -1.601713252e-16
14.75 -1.601713252e-16
15.25 -1.601713252e-16
nan nan
15.75 0.5
16.25 0.5
nan nan
e

# µP
$data3 << e
1 -0.03298507771 -0.05216714726 -0.01380300816
2 -0.531434128 -0.5497333364 -0.5131349195
3 -0.5242467481 -0.5397737071 -0.5087197891
4 -0.5306809827 -0.5507882907 -0.5105736748
5 -0.5234475223 -0.5334947532 -0.5134002915
6 -0.5273476845 -0.5382477396 -0.5164476295
7 -0.508059189 -0.5149960877 -0.5011222903
8 -0.5182463751 -0.5227139114 -0.5137788389
9 -0.5195643049 -0.5248759718 -0.5142526379
10 -0.5067412977 -0.5182797205 -0.4952028749
11 -0.5094651766 -0.522703992 -0.4962263612
12 -0.5112056413 -0.5254411474 -0.4969701351
13 -0.5060539811 -0.5264774436 -0.4856305185
14 -0.5143194629 -0.5368617087 -0.4917772171
15 -0.5214930496 -0.540048504 -0.5029375952
16 -0.02486909949 -0.04170622623 -0.008031972751
e

# continued
$data4 << e
0.75 0
1.25 0
nan nan
1.75 -0.5
2.25 -0.5
2.75 -0.5
3.25 -0.5
3.75 -0.5
4.25 -0.5
4.75 -0.5
5.25 -0.5
5.75 -0.5
6.25 -0.5
6.75 -0.5
7.25 -0.5
7.75 -0.5
8.25 -0.5
8.75 -0.5
9.25 -0.5
9.75 -0.5
10.25 -0.5
10.75 -0.5
11.25 -0.5
11.75 -0.5
12.25 -0.5
12.75 -0.5
13.25 -0.5
13.75 -0.5
14.25 -0.5
14.75 -0.5
15.25 -0.5
nan nan
15.75 -1.110223025e-16
16.25 -1.110223025e-16
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
  set xrange [0.285:16.715]
  unset logscale y
  set ytics 0.2
  set format y '%.1f'
  set yrange [-0.6047755046:0.5526083574]
  set label 'exponent' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'layer' offset 0,0.2 textcolor rgb ink
  set label 'SP' at graph 1.017248467, graph 0.9330581155 front textcolor rgb color[1]
  set label 'µP' at graph 1.017248467, graph 0.501049327 front textcolor rgb color[2]

  plot $data2 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data4 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data1 using 1:3:(0):($4-$3) with vectors nohead lc rgb color[1], \
    $data1 using 1:2 with points pt 7 ps 0.7 lc rgb color[1], \
    $data3 using 1:3:(0):($4-$3) with vectors nohead lc rgb color[2], \
    $data3 using 1:2 with points pt 7 ps 0.7 lc rgb color[2]
}
