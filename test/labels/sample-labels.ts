/** Labels in scripts that are written from left to right. */
export const leftToRight: Readonly<Record<string, string>> = {
  Latin: 'Łukasz Żółć-Đặng\nPříční 5/12, ffi Åström\n602 00 Brno\nCZECHIA',
  Cyrillic: 'Ольга Щербакова\nул. Ленина, 5, кв. 12\n101000 Москва\nRUSSIA',
  Greek: 'Γιώργος Παπαδόπουλος\nΟδός Ερμού 12\n105 63 Αθήνα\nGREECE',
  Vietnamese: 'Nguyễn Thị Thu Hương\n12 Lê Lợi, Phường Bến Nghé\nThành phố Hồ Chí Minh\nVIETNAM',
  Chinese: '王小明\n北京市朝阳区建国路88号\n100022\nCHINA',
  Japanese: '山田太郎 様\n〒100-0001\n東京都千代田区千代田1-1 ビル\nJAPAN',
  Korean: '김철수\n서울특별시 중구 세종대로 110\n04524\nSOUTH KOREA',
  Devanagari: 'श्रीमती प्रिया शर्मा\nक्षेत्रीय कार्यालय, हिन्दी\nनई दिल्ली ११०००१\nINDIA',
  Bengali: 'শ্রী রবীন্দ্রনাথ ঠাকুর\nকলকাতা ৭০০০০৭\nINDIA',
  Tamil: 'திரு. முருகன்\nசென்னை 600001\nINDIA',
  Telugu: 'శ్రీ వెంకటేశ్వర\nహైదరాబాద్ 500001\nINDIA',
  Thai: 'นายสมชาย ใจดี\nถนนสุขุมวิท ที่นี่ น้ำ\nกรุงเทพฯ 10110\nTHAILAND',
  Khmer: 'ភ្នំពេញ សុខ\nPhnom Penh\nCAMBODIA',
  Lao: 'ທ້າວ ສົມພອນ\nວຽງຈັນ\nLAOS',
  Burmese: 'ဦးအောင်ကျော်\nရန်ကုန်မြို့\nMYANMAR',
  Armenian: 'Արամ Խաչատրյան\nԵրևան 0010\nARMENIA',
  Georgian: 'გიორგი ბერიძე\nთბილისი 0105\nGEORGIA',
  Ethiopic: 'አበበ ቢቂላ\nአዲስ አበባ\nETHIOPIA',
  emoji: 'Dr. Mo Smith 🎉👨‍👩‍👧\n12 Main Street Apt 4B\nSpringfield, IL 62701',
  symbols: 'Rev. ✝ John ★ Smith ☎ 7\n½ № ₹ ₪ → ① “q” ‘q’ – —\nÅland',
  bearded: '🧔\u200d♂\ufe0f Mo 🇫🇷 👍🏽 ❤\ufe0f\nStreet',
  marks: 'Zoë q\u0304 x\u0302\nVäinölänniementie 7\nFINLAND',
}

/** Labels of which a part is written from right to left. */
export const rightToLeft: Readonly<Record<string, string>> = {
  Arabic: 'محمد بن عبد الله\nشارع الملك فهد ١٢، لا تنس\nالرياض 11564\nالمملكة العربية السعودية',
  Hebrew: 'דוד כהן שָׁלוֹם\nרחוב הרצל 15 (דירה 3)\nתל אביב-יפו 6688312\nISRAEL',
  Persian: 'علی رضایی\nخیابان ولیعصر، پلاک ۱۲\nتهران\nIRAN',
  Urdu: 'محمد علی\nشاہراہ قائداعظم ۵\nلاہور 54000\nPAKISTAN',
  mixed: 'Dr. محمد (Mo) Smith\n12 Main Street\nSpringfield, IL 62701',
}

/** Labels whose text does not fit in the usual size. */
export const overlong: Readonly<Record<string, string>> = {
  names:
    'Dr. and Mrs. Bartholomew Montgomery-Featherstonehaugh III\n' +
    '12345 North Saint Christopher Boulevard Northwest\nApartment 1234, Building C\n' +
    'Rancho Santa Margarita, California 92688-1234',
  lines: 'Name\n1\n2\n3\n4\n5\n6\n7\n8\nStreet\nCity\nLAND',
}
