# Redraw myrtle10_loss.png and myrtle10_loss-dark.png with: gnuplot myrtle10_loss.gp
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

# the source
$data2 << e
0 1
1 0.3488086465
2 0.2697126013
3 0.2284450995
4 0.2026529108
5 0.1857037583
6 0.1734217637
7 0.163596168
8 0.1557356915
9 0.1493490543
10 0.1444362564
e

# width 128
$data3 << e
0 1
1 0.2049864732
2 0.1849089644
3 0.171745569
4 0.163270533
5 0.1568619901
6 0.1517656975
7 0.147451169
8 0.1440537864
9 0.1415102809
10 0.1390357406
e

# the source
$data4 << e
0 1
1 0.1943011545
2 0.1729304839
3 0.1589290101
4 0.1488577745
5 0.1417342176
6 0.13633014
7 0.1316629821
8 0.1279783837
9 0.125030705
10 0.122819946
e

# width 128
$data5 << e
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

# the source
$data6 << e
0 1
1 0.1690002456
2 0.1446818963
3 0.1351019406
4 0.1292065831
5 0.1255219848
6 0.1225743061
7 0.120363547
8 0.1186440678
9 0.1169245886
10 0.1156963891
e

# width 128
$data7 << e
0 1
1 0.182964625
2 0.1258377294
3 0.1229635485
4 0.1210560216
5 0.1195070814
6 0.1182619228
7 0.1173072322
8 0.1168265204
9 0.1162487228
10 0.1158850388
e

# the source
$data8 << e
0 1
1 0.1820191599
2 0.1358388602
3 0.1277327438
4 0.1235568656
5 0.1208548268
6 0.1188897077
7 0.1174158683
8 0.115942029
9 0.1149594694
10 0.1142225497
e

# width 128
$data9 << e
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

# the source
$data10 << e
0 1
1 0.234094817
2 0.118152788
3 0.1166789487
4 0.1154507492
5 0.1147138295
6 0.1139769099
7 0.1134856301
8 0.1129943503
9 0.1125030705
10 0.1122574306
e

# width 128
$data11 << e
0 1
1 0.3105706766
2 0.1683339597
3 0.1241901914
4 0.1215099918
5 0.1198591919
6 0.1185301187
7 0.1174758413
8 0.1165791605
9 0.1158421971
10 0.1154139225
e

# the source
$data12 << e
0 1
1 0.3881110292
2 0.1171702284
3 0.115942029
4 0.1147138295
5 0.11373127
6 0.1129943503
7 0.1122574306
8 0.1120117907
9 0.1115205109
10 0.111274871
e

# width 128
$data13 << e
0 1
1 0.4909318937
2 0.1490543056
3 0.1268861488
4 0.1244040102
5 0.1228638666
6 0.1215909393
7 0.1204827697
8 0.119474767
9 0.1185252687
10 0.1176729703
e

# the source
$data14 << e
0 1
1 0.7990665684
2 0.1215917465
3 0.1188897077
4 0.1169245886
5 0.1154507492
6 0.1142225497
7 0.1129943503
8 0.1122574306
9 0.1117661508
10 0.111274871
e

# width 128
$data15 << e
0 1
1 0.6961616852
2 0.1514312277
3 0.1272407985
4 0.125332178
5 0.1240350673
6 0.1229301215
7 0.1220050254
8 0.1211855358
9 0.1204250261
10 0.1197105154
e

# the source
$data16 << e
0 1
1 1.323507738
2 0.1336281012
3 0.1220830263
4 0.1198722673
5 0.118152788
6 0.1169245886
7 0.1154507492
8 0.1144681896
9 0.1134856301
10 0.1127487104
e

# width 128
$data17 << e
0 1
1 1.086166638
2 0.1594801287
3 0.1256493209
4 0.1248283858
5 0.1241319818
6 0.1234172334
7 0.1227873791
8 0.1222348587
9 0.1216211425
10 0.121050601
e

# the source
$data18 << e
0 1
1 2.405305822
2 0.2188651437
3 0.1252763449
4 0.1233112257
5 0.1223286662
6 0.1215917465
7 0.1208548268
8 0.120363547
9 0.1196266274
10 0.1188897077
e

# width 128
$data19 << e
0 1
1 1.875285504
2 0.2993334188
3 0.1281362715
4 0.1276287135
5 0.1271590901
6 0.1266318278
7 0.1261271702
8 0.1256582411
9 0.1251050264
10 0.1245360445
e

# the source
$data20 << e
0 1
1 4.760501105
2 3.035863424
3 1.464996315
4 96.36649472
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
  set terminal pngcairo size 1960,1020 enhanced font 'Inter,11' fontscale 2 \
    linewidth 3.2 pointscale 2.2 background rgb page
  set output theme eq 'light' ? 'myrtle10_loss.png' : 'myrtle10_loss-dark.png'

  set label '{/:Bold myrtle10}' at screen 0.0163265, screen 0.955882 font ',14' textcolor rgb ink
  set label 'ten steps at c = 2^x; dashed: the source''s' at screen 0.0163265, screen 0.906863 textcolor rgb grey
  set arrow from screen 0.0163265, screen 0.847059 to screen 0.0428571, screen 0.847059 nohead lc rgb color[1]
  set label 'width 128' at screen 0.0510204, screen 0.847059 textcolor rgb ink
  set arrow from screen 0.151501, screen 0.847059 to screen 0.178032, screen 0.847059 nohead lc rgb grey dt (8,5)
  set label 'the source' at screen 0.186195, screen 0.847059 textcolor rgb grey
  set border 3 lc rgb grey lw 0.6
  set tics nomirror out scale 0.6,0.3 textcolor rgb ink
  set grid ytics lt 1 lc rgb grid lw 0.5
  set minussign
  unset key
  set multiplot

  set lmargin at screen 0.07090877551; set rmargin at screen 0.2216249796; set tmargin at screen 0.7411764706; set bmargin at screen 0.4862745098
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1, '2^{4}' 16 0)
  set yrange [0.0625:16]
  set label 'loss / loss_0' at screen 0.0204082, screen 0.613725 center rotate textcolor rgb ink
  set label '{/:Bold x = 0}' at screen 0.0709088, screen 0.770588 textcolor rgb ink

  plot $data1 using 1:2 with lines lc rgb color[1], \
    $data2 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.2583596735; set rmargin at screen 0.4090758776; set tmargin at screen 0.7411764706; set bmargin at screen 0.4862745098
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.0625:16]
  set label '{/:Bold x = 1}' at screen 0.25836, screen 0.770588 textcolor rgb ink

  plot $data3 using 1:2 with lines lc rgb color[1], \
    $data4 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.4458105714; set rmargin at screen 0.5965267755; set tmargin at screen 0.7411764706; set bmargin at screen 0.4862745098
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.0625:16]
  set label '{/:Bold x = 2}' at screen 0.445811, screen 0.770588 textcolor rgb ink

  plot $data5 using 1:2 with lines lc rgb color[1], \
    $data6 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.6332614694; set rmargin at screen 0.7839776735; set tmargin at screen 0.7411764706; set bmargin at screen 0.4862745098
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.0625:16]
  set label '{/:Bold x = 3}' at screen 0.633261, screen 0.770588 textcolor rgb ink

  plot $data7 using 1:2 with lines lc rgb color[1], \
    $data8 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.8207123673; set rmargin at screen 0.9714285714; set tmargin at screen 0.7411764706; set bmargin at screen 0.4862745098
  unset logscale x
  set xtics 5
  set format x ''
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.0625:16]
  set label '{/:Bold x = 4}' at screen 0.820712, screen 0.770588 textcolor rgb ink

  plot $data9 using 1:2 with lines lc rgb color[1], \
    $data10 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.07090877551; set rmargin at screen 0.2216249796; set tmargin at screen 0.3843137255; set bmargin at screen 0.1294117647
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('2^{−4}' 0.0625 0, '' 0.125 1, '2^{−2}' 0.25 0, '' 0.5 1, '2^{0}' 1 0, '' 2 1, '2^{2}' 4 0, '' 8 1, '2^{4}' 16 0)
  set yrange [0.0625:16]
  set label 'loss / loss_0' at screen 0.0204082, screen 0.256863 center rotate textcolor rgb ink
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 4.6}' at screen 0.0709088, screen 0.413725 textcolor rgb ink

  plot $data11 using 1:2 with lines lc rgb color[1], \
    $data12 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.2583596735; set rmargin at screen 0.4090758776; set tmargin at screen 0.3843137255; set bmargin at screen 0.1294117647
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.0625:16]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 5}' at screen 0.25836, screen 0.413725 textcolor rgb ink

  plot $data13 using 1:2 with lines lc rgb color[1], \
    $data14 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.4458105714; set rmargin at screen 0.5965267755; set tmargin at screen 0.3843137255; set bmargin at screen 0.1294117647
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.0625:16]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 5.2}' at screen 0.445811, screen 0.413725 textcolor rgb ink

  plot $data15 using 1:2 with lines lc rgb color[1], \
    $data16 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.6332614694; set rmargin at screen 0.7839776735; set tmargin at screen 0.3843137255; set bmargin at screen 0.1294117647
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.0625:16]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 5.4}' at screen 0.633261, screen 0.413725 textcolor rgb ink

  plot $data17 using 1:2 with lines lc rgb color[1], \
    $data18 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object

  set lmargin at screen 0.8207123673; set rmargin at screen 0.9714285714; set tmargin at screen 0.3843137255; set bmargin at screen 0.1294117647
  unset logscale x
  set xtics 5
  set format x '%.0f'
  set xrange [0:10]
  set logscale y 2
  set ytics ('' 0.0625 0, '' 0.125 1, '' 0.25 0, '' 0.5 1, '' 1 0, '' 2 1, '' 4 0, '' 8 1, '' 16 0)
  set yrange [0.0625:16]
  set xlabel 'step' offset 0,0.2 textcolor rgb ink
  set label '{/:Bold x = 5.6}' at screen 0.820712, screen 0.413725 textcolor rgb ink

  plot $data19 using 1:2 with lines lc rgb color[1], \
    $data20 using 1:2 with lines dt (16,10) lc rgb grey
  unset label; unset arrow; unset object
  unset multiplot
}
