//! Names of big cities and provinces, so that a question about another city is told apart from
//! one about here. Which of them is "here" is the pack's to say.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::script::{compile, stands_alone};

/// Chinese names; districts and towns are left to packs.
const CHINESE: &str = "\
    北京 上海 天津 重庆 广州 深圳 杭州 南京 苏州 无锡 宁波 温州 成都 武汉 西安 长沙 郑州 \
    青岛 济南 大连 沈阳 长春 哈尔滨 厦门 福州 泉州 合肥 南昌 昆明 贵阳 南宁 海口 三亚 兰州 \
    银川 西宁 乌鲁木齐 拉萨 呼和浩特 石家庄 太原 珠海 佛山 东莞 常州 南通 徐州 扬州 嘉兴 \
    绍兴 金华 台州 烟台 洛阳 香港 澳门 台北 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 \
    江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 \
    宁夏 新疆 浦东 徐汇 静安 黄浦 虹口 杨浦 长宁 普陀 闵行 宝山 嘉定 松江 青浦 奉贤 崇明";

/// English names, folded.
const ENGLISH: &str = "\
    beijing, shanghai, tianjin, chongqing, guangzhou, shenzhen, hangzhou, nanjing, suzhou, \
    wuxi, ningbo, wenzhou, chengdu, wuhan, xi'an, xian, changsha, zhengzhou, qingdao, \
    jinan, dalian, shenyang, harbin, xiamen, fuzhou, hefei, nanchang, kunming, guiyang, \
    nanning, haikou, sanya, lanzhou, urumqi, lhasa, hong kong, macau, macao, taipei, \
    taiwan, jiangsu, zhejiang, anhui, fujian, shandong, henan, hebei, hubei, hunan, \
    guangdong, sichuan, yunnan, london, paris, berlin, new york, tokyo, singapore, seoul, \
    sydney, pudong, xuhui, minhang, changning";

/// What turns a city's name into the name of something else that stands here.
const NOT_A_CITY: &[&str] =
    &["路", "东路", "西路", "中路", "南路", "北路", "街", "银行", "话", "菜", "大学"];

static CITIES: LazyLock<Regex> = LazyLock::new(|| {
    let names: Vec<_> = CHINESE.split(' ').chain(ENGLISH.split(", ")).collect();
    compile(&names.join("|"))
});

/// The first big place named in a folded text that is none of `here`.
pub fn elsewhere<'a>(folded: &str, here: &[String], more: &'a [String]) -> Option<&'a str> {
    let is_here = |name: &str| here.iter().any(|own| own.contains(name));
    let own =
        more.iter().map(String::as_str).find(|name| !name.is_empty() && folded.contains(name));
    own.or_else(|| {
        let named = |name: &&str| !is_here(name) && names_a_city(folded, name);
        let english = |name: &&str| !is_here(name) && has_word(folded, name);
        CHINESE.split(' ').find(named).or_else(|| ENGLISH.split(", ").find(english))
    })
}

/// Where big places are named in a folded text; none of them as part of a street or a bank.
pub(crate) fn cities(folded: &str) -> impl Iterator<Item = Range<usize>> {
    CITIES.find_iter(folded).map(|hit| hit.range()).filter(|span| {
        let rest = &folded[span.end..];
        stands_alone(folded, span.clone())
            && !NOT_A_CITY.iter().any(|after| rest.starts_with(after))
    })
}

fn names_a_city(folded: &str, name: &str) -> bool {
    folded.match_indices(name).any(|(at, _)| {
        let rest = &folded[at + name.len()..];
        !NOT_A_CITY.iter().any(|after| rest.starts_with(after))
    })
}

/// Whether a text holds a word or phrase with no letter on either side.
pub(crate) fn has_word(folded: &str, phrase: &str) -> bool {
    folded.match_indices(phrase).any(|(at, _)| stands_alone(folded, at..at + phrase.len()))
}

#[cfg(test)]
mod tests {
    use super::elsewhere;

    fn check(text: &str, expected: Option<&str>) {
        let here = ["上海".to_owned(), "shanghai".to_owned(), "临江".to_owned()];
        let more = ["江北新区".to_owned()];
        assert_eq!(elsewhere(text, &here, &more), expected, "{text}");
    }

    #[test]
    fn other_cities_are_told_from_streets_and_from_here() {
        check("北京的居住证怎么办", Some("北京"));
        check("北京路在哪里", None);
        check("上海居住证", None);
        check("residence permit in hangzhou", Some("hangzhou"));
        check("江北新区的图书馆", Some("江北新区"));
        check("parishes", None);
    }
}
