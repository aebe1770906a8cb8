<?php
/* The least a page does that stores one answer durably: what Manyi is compared with. */
$db = new PDO('sqlite:' . $_SERVER['BENCH_DB'], null, null, [
	PDO::ATTR_PERSISTENT => true, PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_TIMEOUT => 30,
]);
$db->exec('PRAGMA synchronous = FULL');
$put = $db->prepare('INSERT OR IGNORE INTO answer (key, body) VALUES (?, ?)');
$put->execute([$_POST['_key'] ?? '', json_encode($_POST)]);
http_response_code(303);
header('Location: /thanks');
