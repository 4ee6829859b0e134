//! Readings and tones as pinyin, and sounds in the model's letters.

use super::*;

/// Pinyin with the tones as they are said, a blank between characters.
fn pinyin(run: &str) -> String {
    let mut words = readings::of(run);
    tones::settle(&mut words);
    let each =
        words.iter().flatten().map(|(_, s)| format!("{}{}", s.base.replace('ü', "v"), s.tone));
    each.collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(run, expected)| pinyin(run) != *expected)
        .map(|(run, expected)| format!("{run}: {}, not {expected}", pinyin(run)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn words_decide_how_a_character_is_read() {
    check(&[
        ("去银行办理", "qu4 yin2 hang2 ban4 li3"),
        ("行政服务中心", "xing2 zheng4 fu2 wu4 zhong1 xin1"),
        ("出行方便", "chu1 xing2 fang1 bian4"),
        ("重庆", "chong2 qing4"),
        ("重新申请", "chong2 xin1 shen1 qing3"),
        ("重要", "zhong4 yao4"),
        ("家长", "jia1 zhang3"),
        ("延长", "yan2 chang2"),
        ("您觉得怎么样", "nin2 jue2 de5 zen3 me5 yang4"),
        ("取得证书", "qu3 de2 zheng4 shu1"),
        ("您得带身份证", "nin2 dei3 dai4 shen1 fen4 zheng4"),
        ("说得慢", "shuo1 de5 man4"),
        ("户籍地", "hu4 ji2 di4"),
        ("归还", "gui1 huan2"),
        ("还要带", "hai2 yao4 dai4"),
        ("还书", "huan2 shu1"),
        ("为您服务", "wei4 nin2 fu2 wu4"),
        ("认为", "ren4 wei2"),
        ("了解", "liao2 jie3"),
        ("办不了", "ban4 bu4 liao3"),
        ("参与", "can1 yu4"),
        ("便宜", "pian2 yi5"),
        ("税率", "shui4 lv4"),
        ("说服", "shui4 fu2"),
        ("调查", "diao4 cha2"),
        ("调解", "tiao2 jie3"),
        ("处理", "chu2 li3"),
        ("办事处", "ban4 shi4 chu4"),
        ("数数", "shu2 shu3"),
        ("出差", "chu1 chai1"),
        ("请假", "qing3 jia4"),
        ("假证", "jia3 zheng4"),
        ("空白", "kong4 bai2"),
        ("传记", "zhuan4 ji4"),
        ("测量", "ce4 liang2"),
        ("号码", "hao4 ma3"),
        ("首都", "shou3 du1"),
        ("都可以", "dou1 ke2 yi3"),
        ("理发", "li3 fa4"),
        ("干部", "gan4 bu4"),
        ("间接", "jian4 jie1"),
        ("角色", "jue2 se4"),
        ("睡觉", "shui4 jiao4"),
        ("看护", "kan1 hu4"),
        ("没收", "mo4 shou1"),
        ("模样", "mu2 yang4"),
        ("避难", "bi4 nan4"),
        ("一切", "yi2 qie4"),
        ("歌曲", "ge1 qu3"),
        ("堵塞", "du3 se4"),
        ("厦门", "xia4 men2"),
        ("照相", "zhao4 xiang4"),
        ("流血", "liu2 xie3"),
        ("应用", "ying4 yong4"),
        ("应该", "ying1 gai1"),
        ("着急", "zhao2 ji2"),
        ("等着", "deng3 zhe5"),
        ("预防接种", "yu4 fang2 jie1 zhong4"),
        ("种类", "zhong3 lei4"),
        ("中奖", "zhong4 jiang3"),
        ("目的", "mu4 di4"),
        ("音乐", "yin1 yue4"),
        ("会计", "kuai4 ji4"),
        ("积累", "ji1 lei3"),
        ("尽快", "jin3 kuai4"),
        ("供养", "gong4 yang3"),
        ("系统", "xi4 tong3"),
        ("什么", "shen2 me5"),
    ]);
}

#[test]
fn light_syllables_are_light() {
    check(&[
        ("孩子", "hai2 zi5"),
        ("子女", "zi2 nv3"),
        ("电子", "dian4 zi3"),
        ("我们的", "wo3 men5 de5"),
        ("办好了吗", "ban4 hao3 le5 ma5"),
        ("爸爸", "ba4 ba5"),
        ("奶奶", "nai3 nai5"),
        ("告诉您", "gao4 su5 nin2"),
        ("时候", "shi2 hou5"),
    ]);
}

#[test]
fn tones_change_in_company() {
    check(&[
        ("你好", "ni2 hao3"),
        ("我想买", "wo2 xiang2 mai3"),
        ("展览馆", "zhan2 lan2 guan3"),
        ("一个", "yi2 ge4"),
        ("一起", "yi4 qi3"),
        ("一天", "yi4 tian1"),
        ("第一", "di4 yi1"),
        ("第一个", "di4 yi1 ge4"),
        ("十一个", "shi2 yi1 ge4"),
        ("一百一十九", "yi4 bai3 yi1 shi2 jiu3"),
        ("一月一日", "yi1 yue4 yi1 ri4"),
        ("一号口", "yi1 hao4 kou3"),
        ("星期一到", "xing1 qi1 yi1 dao4"),
        ("统一办理", "tong3 yi1 ban4 li3"),
        ("看一看", "kan4 yi5 kan4"),
        ("按一", "an4 yi1"),
        ("二零二一", "er4 ling2 er4 yi1"),
        ("幺幺九", "yao1 yao1 jiu3"),
        ("不是", "bu2 shi4"),
        ("不能", "bu4 neng2"),
        ("能不能", "neng2 bu5 neng2"),
        ("是不是", "shi4 bu5 shi4"),
    ]);
}

#[test]
fn syllables_are_written_in_the_models_letters() {
    let said = |run, expected: &str| assert_eq!(phonemes(run), expected, "{run}");
    said("你好", "ni↗xau↓");
    said("银行", "i↗nxa↗ŋ");
    said("出租车", "ꭧʰu→ʦu→ꭧʰɤ→");
    said("吃饭", "ꭧʰɨ→fa↘n");
    said("自己", "ʦɨ↘ʨi↓");
    said("用", "jʊ↘ŋ");
    said("学院", "ɕɥe↗ɥɛ↘n");
    said("女", "ny↓");
    said("绿", "ly↘");
    said("二", "ɚ↘");
    said("日", "ɻɨ↘");
    said("问", "wə↘n");
    said("有", "jou↓");
    said("为", "wei↘");
    said("我", "wo↓");
    said("雨", "y↓");
    said("〇", "li↗ŋ");
}

/// A table of readings is easily mistyped.
#[test]
fn every_word_holds_its_character_and_every_reading_is_a_syllable() {
    for (character, reading, list) in readings::rows() {
        for word in list {
            assert!(word.contains(character), "{character} is not in {word}");
        }
        let mut out = String::new();
        sounds::say(&Syllable::parse(reading), &mut out);
        assert!(!out.is_empty(), "{reading} has no sounds");
    }
}

/// All readings of the dictionary have sounds, but for a few hums.
#[test]
fn every_common_character_has_sounds() {
    let silent: Vec<char> = ('\u{4E00}'..='\u{9FA5}')
        .filter(|c| pinyin::ToPinyin::to_pinyin(c).is_some())
        .filter(|c| phonemes(&c.to_string()).is_empty())
        .collect();
    assert_eq!(silent, ['噷'], "only a hum has none");
}
