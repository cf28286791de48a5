/**
 * Readable names for emojibase's groups and subgroups, which are headings ('food-asian') and not words one would
 * answer with. `senses` are WordNet's lexicographer files (wnlex(5WN)) in which a gloss for such a thing may stand:
 * 4 act, 5 animal, 6 artifact, 10 communication, 13 food, 14 group, 15 location, 17 object, 19 phenomenon,
 * 20 plant, 21 possession, 27 substance, 28 time. `use` says what such a thing is for where one phrase fits all.
 */
export interface Subgroup {
  readonly key: string;
  readonly en: string;
  readonly zh: string;
  /** 'a bird', 'fruit': how the category follows "it is". */
  readonly enPhrase: string;
  readonly senses: readonly number[];
  readonly use?: { readonly en: string; readonly zh: string };
}

export interface Group {
  readonly key: string;
  readonly en: string;
  readonly zh: string;
}

/** Emojibase's group number → name. */
export const groups: Readonly<Record<number, Group>> = {
  3: { key: 'animals-nature', en: 'animals and nature', zh: '动物与自然' },
  4: { key: 'food-drink', en: 'food and drink', zh: '食物与饮料' },
  5: { key: 'travel-places', en: 'travel and places', zh: '旅行与地点' },
  6: { key: 'activities', en: 'activities', zh: '活动' },
  7: { key: 'objects', en: 'objects', zh: '物品' },
};

const row = (
  key: string,
  en: string,
  zh: string,
  enPhrase: string,
  senses: readonly number[],
  use?: { en: string; zh: string },
): Subgroup => ({ key, en, zh, enPhrase, senses, ...(use ? { use } : {}) });

const eating = { en: 'eating', zh: '吃' };

/** Emojibase's subgroup number → name. */
export const subgroups: Readonly<Record<number, Subgroup>> = {
  34: row('mammal', 'mammal', '哺乳动物', 'a mammal', [5]),
  35: row('bird', 'bird', '鸟类', 'a bird', [5]),
  36: row('amphibian', 'amphibian', '两栖动物', 'an amphibian', [5]),
  37: row('reptile', 'reptile', '爬行动物', 'a reptile', [5, 18]),
  38: row('marine', 'sea animal', '海洋动物', 'a sea animal', [5]),
  39: row('bug', 'bug', '虫子', 'a bug', [5]),
  40: row('flower', 'flower', '花', 'a flower', [20]),
  41: row('plant', 'plant', '植物', 'a plant', [20, 17]),
  42: row('fruit', 'fruit', '水果', 'a fruit', [13, 20], eating),
  43: row('vegetable', 'vegetable', '蔬菜', 'a vegetable', [13, 20], eating),
  44: row('dish', 'prepared food', '熟食', 'prepared food', [13], eating),
  45: row('asian-food', 'asian food', '亚洲食物', 'asian food', [13], eating),
  46: row('sweet', 'sweet', '甜食', 'a sweet', [13], eating),
  47: row('drink', 'drink', '饮料', 'a drink', [13, 6], { en: 'drinking', zh: '喝' }),
  48: row('dishware', 'tableware', '餐具', 'tableware', [6], { en: 'eating and cooking', zh: '吃饭和做饭' }),
  49: row('map', 'map or globe', '地图', 'a map or globe', [6, 10], { en: 'finding places', zh: '查找地点' }),
  50: row('landscape', 'landscape', '自然景观', 'a landscape', [15, 17, 11]),
  51: row('building', 'building', '建筑', 'a building', [6]),
  52: row('temple', 'religious building', '宗教建筑', 'a religious building', [6], {
    en: 'worship',
    zh: '礼拜',
  }),
  53: row('place', 'place', '地点', 'a place', [6, 15, 17, 11]),
  54: row('land-transport', 'land transport', '陆上交通', 'land transport', [6], {
    en: 'travelling on land',
    zh: '陆上出行',
  }),
  55: row('water-transport', 'water transport', '水上交通', 'water transport', [6], {
    en: 'travelling on water',
    zh: '水上出行',
  }),
  56: row('air-transport', 'air transport', '空中交通', 'air transport', [6], { en: 'flying', zh: '飞行' }),
  57: row('hotel', 'hotel item', '旅馆用品', 'a hotel item', [6], { en: 'staying in a hotel', zh: '住旅馆' }),
  58: row('time', 'time', '时间', 'a way to tell time', [6, 28], { en: 'telling the time', zh: '看时间' }),
  59: row('sky', 'sky and weather', '天空与天气', 'part of the sky and weather', [17, 19, 11, 15, 6]),
  60: row('celebration', 'celebration', '节日庆典', 'something for a celebration', [6], {
    en: 'celebrating',
    zh: '庆祝',
  }),
  61: row('award', 'award', '奖章', 'an award', [6, 10], { en: 'honouring a winner', zh: '表彰获胜者' }),
  62: row('sport', 'sport', '运动', 'something for sport', [4, 6], { en: 'doing sport', zh: '运动' }),
  63: row('game', 'game', '游戏', 'something for a game', [4, 6], { en: 'playing', zh: '玩' }),
  64: row('craft', 'arts and crafts', '艺术与手工', 'something for arts and crafts', [6], {
    en: 'making art',
    zh: '艺术创作',
  }),
  65: row('clothing', 'clothing', '服饰', 'clothing', [6], { en: 'wearing', zh: '穿戴' }),
  66: row('sound', 'sound', '声音', 'something for sound', [6], { en: 'making sound', zh: '发出声音' }),
  67: row('music', 'music', '音乐', 'something for music', [6, 10], { en: 'music', zh: '听音乐' }),
  68: row('instrument', 'musical instrument', '乐器', 'a musical instrument', [6], {
    en: 'playing music',
    zh: '演奏音乐',
  }),
  69: row('phone', 'phone', '电话', 'a phone', [6], { en: 'calling people', zh: '打电话' }),
  70: row('computer', 'computer equipment', '电脑设备', 'computer equipment', [6], {
    en: 'computing',
    zh: '使用电脑',
  }),
  71: row('light-video', 'light and film', '灯光与影像', 'something for light or film', [6], {
    en: 'light and pictures',
    zh: '照明和影像',
  }),
  72: row('paper', 'books and paper', '书本与纸张', 'something made of paper', [6, 10], {
    en: 'reading and writing',
    zh: '阅读和书写',
  }),
  73: row('money', 'money', '钱', 'money', [21, 6, 10], { en: 'paying', zh: '付款' }),
  74: row('mail', 'mail', '邮件', 'mail', [6, 10], { en: 'sending messages', zh: '收发信件' }),
  75: row('writing', 'writing tool', '书写工具', 'a writing tool', [6], { en: 'writing', zh: '写字' }),
  76: row('office', 'office supplies', '办公用品', 'an office supply', [6, 10], {
    en: 'office work',
    zh: '办公',
  }),
  77: row('lock', 'lock or key', '锁与钥匙', 'a lock or key', [6], {
    en: 'locking things',
    zh: '上锁和开锁',
  }),
  78: row('tool', 'tool', '工具', 'a tool', [6], { en: 'doing work', zh: '干活' }),
  79: row('science', 'science equipment', '科学仪器', 'science equipment', [6, 8, 27], {
    en: 'doing science',
    zh: '科学研究',
  }),
  80: row('medical', 'medical item', '医疗用品', 'a medical item', [6], {
    en: 'treating people',
    zh: '治病',
  }),
  81: row('household', 'household item', '家居用品', 'a household item', [6], {
    en: 'the home',
    zh: '居家生活',
  }),
  82: row('other', 'other object', '其他物品', 'an object', [6]),
};
