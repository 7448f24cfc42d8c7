# Redraw cluster.png and cluster-dark.png with: gnuplot cluster.gp
set encoding utf8

# n = 64
$data1 << e
1 1
2 0.7082105841
3 0.6521400702
4 0.5926701633
5 0.5485986551
6 0.4845654258
7 0.4659175037
8 0.4363849566
9 0.3940808216
10 0.3582208322
11 0.2582858197
12 0.2482979346
e

# n = 128
$data2 << e
1 1
2 0.9283994543
3 0.8321659277
4 0.759117957
5 0.7014932343
6 0.6676418244
7 0.6465527513
8 0.6246886513
9 0.5851220697
10 0.561553509
11 0.2654155487
12 0.251429909
e

# n = 256
$data3 << e
1 1
2 0.9343322898
3 0.8973138659
4 0.8752123455
5 0.8325588421
6 0.8128971562
7 0.7912302033
8 0.773662436
9 0.7539295055
10 0.7366512363
11 0.2006232895
12 0.1866965614
e

# n = 512
$data4 << e
1 1
2 0.9719293283
3 0.9420857744
4 0.9327060208
5 0.9220601462
6 0.9008003268
7 0.8800732036
8 0.8699897014
9 0.8566490636
10 0.8278402598
11 0.1506888202
12 0.1488909126
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
  set output theme eq 'light' ? 'cluster.png' : 'cluster-dark.png'

  set label '{/:Bold Ten outputs make a cluster of ten eigenvalues}' at screen 0.0195122, screen 0.953125 font ',14' textcolor rgb ink
  set label 'largest eigenvalues over the first; Fashion-MNIST, median over seeds' at screen 0.0195122, screen 0.901042 textcolor rgb grey
  set lmargin at screen 0.09756097561; set rmargin at screen 0.9052987805; set tmargin at screen 0.8375; set bmargin at screen 0.1375
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  unset logscale x
  set xtics 2
  set format x '%.0f'
  set xrange [1:12]
  unset logscale y
  set ytics 0.2
  set format y '%.1f'
  set yrange [0:1.042555454]
  set label 'in units of the largest' at screen 0.0243902, screen 0.4875 center rotate textcolor rgb ink
  set xlabel 'number of the eigenvalue' offset 0,0.2 textcolor rgb ink
  set label 'n = 64' at graph 1.018117446, graph 0.2300666737 front textcolor rgb color[1]
  set label 'n = 128' at graph 1.018117446, graph 0.2895904833 front textcolor rgb color[2]
  set label 'n = 256' at graph 1.018117446, graph 0.1705428642 front textcolor rgb color[3]
  set label 'n = 512' at graph 1.018117446, graph 0.1110190547 front textcolor rgb color[4]

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines lc rgb color[2], \
    $data3 using 1:2 with lines lc rgb color[3], \
    $data4 using 1:2 with lines lc rgb color[4]
}
