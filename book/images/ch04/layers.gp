# Redraw layers.png and layers-dark.png with: gnuplot layers.gp
set encoding utf8

# layer 1
$data1 << e
16 0.9892450329
32 0.9580903209
64 0.9840668743
128 0.9817585961
256 0.9932661595
512 0.9949423298
e

# layer 2
$data2 << e
16 0.9105112828
32 0.9411735242
64 1.002292694
128 0.9703958571
256 0.9740057298
512 1.006855849
e

# layer 3
$data3 << e
16 0.9635693853
32 0.9195986545
64 1.028925242
128 0.9500605428
256 0.9601788213
512 1.007988654
e

# output
$data4 << e
16 0.7527465689
32 1.027094951
64 1.012593015
128 0.9331881195
256 0.8925298477
512 0.9679166054
e

# layer 1
$data5 << e
16 0.9812116915
32 0.948523327
64 0.9799744782
128 0.9777146499
256 0.9893735306
512 0.991464922
e

# layer 2
$data6 << e
16 0.873355864
32 0.8588890111
64 0.8965310793
128 0.778696046
256 0.6981959304
512 0.6411003342
e

# layer 3
$data7 << e
16 0.8776725851
32 0.8118866642
64 0.7822967912
128 0.5735203621
256 0.359151988
512 0.278878017
e

# output
$data8 << e
16 0.5230446939
32 0.6954374202
64 0.5604240986
128 0.5961185003
256 0.5562568914
512 0.526807254
e

# layer 1
$data9 << e
16 0.1611972201
32 0.2171580193
64 0.2288613537
128 0.2041740566
256 0.1822724135
512 0.2091054217
e

# continued
$data10 << e
16 0.1611972201
32 0.1611972201
64 0.1611972201
128 0.1611972201
256 0.1611972201
512 0.1611972201
e

# layer 2
$data11 << e
16 0.5496423204
32 0.8241184944
64 1.415522925
128 1.739363854
256 2.182451346
512 3.522124937
e

# continued
$data12 << e
16 0.5496423204
32 0.7773116239
64 1.099284641
128 1.554623248
256 2.198569282
512 3.109246496
e

# layer 3
$data13 << e
16 0.5882347105
32 0.8565595109
64 1.512828072
128 1.782914272
256 2.344182335
512 3.866143417
e

# continued
$data14 << e
16 0.5882347105
32 0.8318895054
64 1.176469421
128 1.663779011
256 2.352938842
512 3.327558022
e

# output
$data15 << e
16 0.9361003076
32 1.382621611
64 2.24653368
128 2.683111051
256 3.451480718
512 6.077570801
e

# continued
$data16 << e
16 0.9361003076
32 1.323845751
64 1.872200615
128 2.647691502
256 3.744401231
512 5.295383003
e

# layer 1
$data17 << e
16 0.002872932624
32 0.002584306209
64 0.002071270975
128 0.00133668955
256 0.0008143593297
512 0.0006551963253
e

# continued
$data18 << e
16 0.002872932624
32 0.00203147014
64 0.001436466312
128 0.00101573507
256 0.000718233156
512 0.0005078675351
e

# layer 2
$data19 << e
16 0.00957986303
32 0.01020989235
64 0.01249773877
128 0.01081966161
256 0.009670441269
512 0.01100224904
e

# continued
$data20 << e
16 0.00957986303
32 0.00957986303
64 0.00957986303
128 0.00957986303
256 0.00957986303
512 0.00957986303
e

# layer 3
$data21 << e
16 0.0103685954
32 0.0107212496
64 0.01329989177
128 0.01115528773
256 0.01036107209
512 0.01208904532
e

# continued
$data22 << e
16 0.0103685954
32 0.0103685954
64 0.0103685954
128 0.0103685954
256 0.0103685954
512 0.0103685954
e

# output
$data23 << e
16 0.05386928554
32 0.0838986343
64 0.1380005022
128 0.1513571363
256 0.1966799155
512 0.3530945628
e

# continued
$data24 << e
16 0.05386928554
32 0.07618267421
64 0.1077385711
128 0.1523653484
256 0.2154771422
512 0.3047306968
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
  set terminal pngcairo size 1960,1376 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'layers.png' : 'layers-dark.png'

  set label '{/:Bold The activations start alike; gradients and updates do not}' at screen 0.0163265, screen 0.967297 font ',14' textcolor rgb ink
  set label 'depth 4, learning rate 0.1, median of 8 seeds; dashed: powers −½, 0, ½ of n' at screen 0.0163265, screen 0.930959 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.886628 to screen 0.0428571, screen 0.886628 nohead lc rgb color[1]
  set label 'layer 1' at screen 0.0510204, screen 0.886628 textcolor rgb ink
  set arrow from screen 0.128101, screen 0.886628 to screen 0.154632, screen 0.886628 nohead lc rgb color[2]
  set label 'layer 2' at screen 0.162795, screen 0.886628 textcolor rgb ink
  set arrow from screen 0.239876, screen 0.886628 to screen 0.266406, screen 0.886628 nohead lc rgb color[3]
  set label 'layer 3' at screen 0.274569, screen 0.886628 textcolor rgb ink
  set arrow from screen 0.35165, screen 0.886628 to screen 0.378181, screen 0.886628 nohead lc rgb color[4]
  set label 'output' at screen 0.386344, screen 0.886628 textcolor rgb ink
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.08035877551; set rmargin at screen 0.4806122449; set tmargin at screen 0.7805232558; set bmargin at screen 0.4898255814
  set logscale x 2
  set xtics ('' 16 0, '' 32 0, '' 64 0, '' 128 0, '' 256 0, '' 512 0)
  set xrange [16:517.12]
  set logscale y 10
  set ytics ('10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0)
  set yrange [0.1:10]
  set label 'rms' at screen 0.0204082, screen 0.635174 center rotate textcolor rgb ink
  set label '{/:Bold activations, rms}' at screen 0.0803588, screen 0.829942 textcolor rgb ink
  set label 'before training' at screen 0.0803588, screen 0.802326 textcolor rgb grey

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2], \
    $data3 using 1:2 with lines lc rgb color[3], \
    $data4 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.571175102; set rmargin at screen 0.9714285714; set tmargin at screen 0.7805232558; set bmargin at screen 0.4898255814
  set logscale x 2
  set xtics ('' 16 0, '' 32 0, '' 64 0, '' 128 0, '' 256 0, '' 512 0)
  set xrange [16:517.12]
  set logscale y 10
  set ytics ('' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '' 10 0)
  set yrange [0.1:10]
  set label '{/:Bold activations, rms}' at screen 0.571175, screen 0.829942 textcolor rgb ink
  set label 'after 10 steps' at screen 0.571175, screen 0.802326 textcolor rgb grey

  plot $data5 using 1:2 with lines lc rgb color[1], \
    $data6 using 1:2 with lines lc rgb color[2], \
    $data7 using 1:2 with lines lc rgb color[3], \
    $data8 using 1:2 with lines lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.08035877551; set rmargin at screen 0.4806122449; set tmargin at screen 0.386627907; set bmargin at screen 0.09593023256
  set logscale x 2
  set xtics ('2^{4}' 16 0, '2^{5}' 32 0, '2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0)
  set xrange [16:517.12]
  set logscale y 10
  set ytics ('10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0, '' 2 1, '' 3 1, '' 4 1, '' 5 1, '' 6 1, '' 7 1, '' 8 1, '' 9 1, '10^{1}' 10 0)
  set yrange [0.1:10]
  set label '‖∂L/∂W‖' at screen 0.0204082, screen 0.241279 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold gradients}' at screen 0.0803588, screen 0.436047 textcolor rgb ink
  set label 'of the first step' at screen 0.0803588, screen 0.40843 textcolor rgb grey

  plot $data9 using 1:2 with lines lc rgb color[1], \
    $data10 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data11 using 1:2 with lines lc rgb color[2], \
    $data12 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data13 using 1:2 with lines lc rgb color[3], \
    $data14 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data15 using 1:2 with lines lc rgb color[4], \
    $data16 using 1:2 with lines dt (16,10) lc rgb color[4]
  unset label; unset arrow; unset object

  set lmargin at screen 0.571175102; set rmargin at screen 0.9714285714; set tmargin at screen 0.386627907; set bmargin at screen 0.09593023256
  set logscale x 2
  set xtics ('2^{4}' 16 0, '2^{5}' 32 0, '2^{6}' 64 0, '2^{7}' 128 0, '2^{8}' 256 0, '2^{9}' 512 0)
  set xrange [16:517.12]
  set logscale y 10
  set ytics ('10^{−4}' 0.0001 0, '' 0.0002 1, '' 0.0003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009 1, '10^{−3}' 0.001 0, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009 1, '10^{−2}' 0.01 0, '' 0.02 1, '' 0.03 1, '' 0.04 1, '' 0.05 1, '' 0.06 1, '' 0.07 1, '' 0.08 1, '' 0.09 1, '10^{−1}' 0.1 0, '' 0.2 1, '' 0.3 1, '' 0.4 1, '' 0.5 1, '' 0.6 1, '' 0.7 1, '' 0.8 1, '' 0.9 1, '10^{0}' 1 0)
  set yrange [0.0001:1]
  set label '‖ΔW‖ / ‖W‖' at screen 0.511224, screen 0.241279 center rotate textcolor rgb ink
  set xlabel 'width n' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold relative updates}' at screen 0.571175, screen 0.436047 textcolor rgb ink
  set label 'of the first step' at screen 0.571175, screen 0.40843 textcolor rgb grey

  plot $data17 using 1:2 with lines lc rgb color[1], \
    $data18 using 1:2 with lines dt (16,10) lc rgb color[1], \
    $data19 using 1:2 with lines lc rgb color[2], \
    $data20 using 1:2 with lines dt (16,10) lc rgb color[2], \
    $data21 using 1:2 with lines lc rgb color[3], \
    $data22 using 1:2 with lines dt (16,10) lc rgb color[3], \
    $data23 using 1:2 with lines lc rgb color[4], \
    $data24 using 1:2 with lines dt (16,10) lc rgb color[4]
  unset label; unset arrow; unset object
  unset multiplot
}
