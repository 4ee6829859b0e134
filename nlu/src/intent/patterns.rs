//! Ways of saying each intent, in both languages: patterns over the bare message, folded, without
//! fillers. What stands in `WHOLE` must be the whole message; the few in `WITHIN` are unmistakable
//! anywhere.

use super::Intent;

/// The whole message. First match counts.
pub(super) const WHOLE: &[(Intent, &str)] = &[
    (
        Intent::Person,
        r"0|人|(?:转|接|找|要)?(?:一下)?(?:人工|真人|活人|客服|接线员|话务员|工作人员)(?:服务|客服|坐席|台)?|(?:a |the |real |live |an )*(?:agent|human|operator|person|representative|staff|human being|customer service|someone real|somebody real|adviser|advisor|receptionist)",
    ),
    (
        Intent::Repeat,
        r"(?:请|你|再|在|重新|重复|从头)*[再在重](?:新|复)?(?:给我|跟我|帮我)?(?:说|讲|来|念|发|读|回答|播|放|播放)(?:一?[遍便编边]|一?次|一下|一回)?(?:刚才(?:的|那)?(?:话|回答|答案|内容)?)?|重复(?:一下|一遍|刚才的?(?:话|回答)?)?|(?:我)?(?:刚才|刚刚)?(?:没|没有|不)(?:听|看)(?:清楚?|见|到)(?:你?(?:说的|说什么|刚才说的))?|(?:你)?(?:刚才|刚刚)?(?:说|讲)(?:的)?(?:什么|啥)(?:来着)?|什么|啥|啊|(?:say|tell me|read|play|give me)(?: it| that| this| the answer| your answer| the last (?:bit|part|answer|one|thing))?(?: to me)? (?:again|once more|one more time|once again)|(?:repeat|repeating|rephrase)(?: (?:it|that|this|yourself|the (?:answer|last (?:bit|part|answer|one|thing))|what you said|your (?:last )?answer|again))*|(?:once more|once again|one more time|again|come again|pardon|pardon me|i beg your pardon|beg your pardon|what|huh|say what|what was that|what did you say|what's that again|what was that again|sorry what|sorry)|i (?:didn't|did not|couldn't|could not|can't|missed) ?(?:quite )?(?:catch|hear|get|read)?(?: (?:that|it|you|what you said|the last (?:bit|part)))?",
    ),
    (
        Intent::Slower,
        r"(?:说|讲|念|读|放)?(?:得|的)?(?:再)?慢(?:一?点|些|一些|慢)?(?:儿)?(?:地|的)?(?:说|讲|念|读|来)?|(?:你)?(?:说|讲|念)?(?:得|的)?(?:也)?太快了?|(?:说|讲)(?:得|的)?太快(?:了)?(?:我)?(?:听不清|记不住|跟不上)?|(?:我)?(?:记不住|跟不上|记不下来|来不及记)(?:了)?|(?:请)?(?:一步一步|一条一条|一个一个|一句一句|逐条)(?:地|的|来)?(?:说|讲|念|来|告诉我)?|(?:speak|talk|go|say (?:it|that)|read (?:it|that)|tell me|can you go)? ?(?:a (?:bit|little) |much |more )*(?:slow|slower|slowly)(?: down)?(?: a (?:bit|little))?|(?:you're |you are |that's |that was |it's )?(?:going |talking |speaking )?(?:way |far |much )?too (?:fast|quick|quickly)(?: for me)?|not so fast|(?:one|a) (?:step|thing|point|piece|line|bit) at a time|step by step|i can't keep up",
    ),
    (
        Intent::Simpler,
        r"(?:用)?(?:大白话|白话|通俗(?:一?点|些)?|简单(?:一?点|些)?(?:的话)?|普通话)(?:地|的)?(?:说|讲|解释)(?:一下|一遍)?|(?:说|讲|解释)(?:得|的)?(?:再)?(?:简单|通俗|明白|清楚|直白|简短)(?:一?点|些)?(?:儿)?|(?:我)?(?:还是|实在)?(?:没|不|没有|不太|听不|看不)(?:太)?(?:听|看)?(?:懂|明白)(?:了)?(?:你说的|你在说什么|什么意思)?|(?:这|那|这个|你)?(?:是|说的是)?(?:什么|啥)意思|(?:太|有点)(?:复杂|难懂|长|啰嗦)(?:了)?|说人话|(?:say|explain|put|tell me|repeat|write)?(?: it| that| this)?(?: to me)?(?: again)? ?(?:more |much |a (?:bit|little) )*(?:simply|simpler|simplified|easier|clearer|shorter|in (?:plain|simple|simpler|easy|easier|normal|clear) (?:english|words|terms|language|chinese|way))|(?:explain|simplify)(?: (?:it|that|this))?|(?:i )?(?:still )?(?:don't|do not|didn't|did not|can't|cannot) (?:really |quite )?(?:understand|get it|follow)(?: (?:it|that|this|you|a word|anything|what you (?:mean|said)))?|what (?:does|do) (?:that|this|it|you) mean|(?:that's |it's |this is )?(?:way |far )?too (?:complicated|long|hard|difficult|much)(?: for me)?|(?:i'm |i am )?(?:so |really )?confused|make it (?:simple|simpler|short|shorter|easy)|dumb it down|in short|keep it (?:short|simple)|simpler|tl ?dr",
    ),
    (
        Intent::GoOn,
        r"(?:请)?(?:继续|接着)(?:往下)?(?:说|讲|念|来)?(?:下去)?|(?:往下|再往下|接下去)(?:说|讲|念|来)?|(?:说|讲|念)下去|(?:然后|接下来|后来|下面|后面|之后|再然后|其次)(?:呢|是什么|怎么办|怎么做|要?做什么)?|还有(?:呢|什么|别的|其他的|哪些|啥|没有|没|更多)?(?:没有)?|(?:再)?多说(?:一?点|些)|(?:说|讲)(?:得)?(?:再)?(?:详细|具体)(?:一?点|些)?|更多|下一(?:步|条|段|点|页)(?:呢|是什么)?|(?:go|carry|move) (?:on|ahead)|go ahead|continue|keep (?:going|on)|next(?: (?:step|part|bit|piece|page|please|one))?|(?:and )?then(?: what)?|(?:and )?what(?:'s| is| comes| do i do| happens)? (?:next|then|else|after that)|anything else|(?:tell me |say |give me |a (?:bit|little) |some )*more(?: (?:details?|info|information|about (?:it|that|this)))?|is (?:there|that) (?:anything )?(?:more|all)|and|the rest|yes go on|what else(?: (?:is there|do i need|should i know))?|proceed",
    ),
    (
        Intent::Wait,
        r"(?:先)?等(?:等|一?下|一?会儿?|我|会儿?|一等|一?下下)+(?:我)?(?:一?下|一?会儿?)?|稍等(?:一?下|片刻)?|慢着|(?:先)?别(?:急|着急|催)(?:我)?|(?:让)?我(?:先)?(?:想一?想|想一下|看一?看|看一下|找一?找|找一下|拿个?笔|找支笔|拿支笔|找张纸|记一?下|写一?下|查一?下)(?:笔|纸)?(?:再说)?|(?:wait|hold on|hang on|hold the line|bear with me|stay there|brb|be right back)(?: a| one)?(?: (?:moment|minute|min|sec|second|bit|mo|tick))?|(?:a|one|1|half a)? ?(?:moment|minute|min|sec|second|mo|tick)|(?:give|gimme) ?(?:me)?(?: a| one)? (?:moment|minute|min|sec|second|bit)(?: to \w+)?|let me (?:think|see|check|look|write (?:it|that|this)? ?down|(?:get|find|grab) (?:a |my )?(?:pen|pencil|paper|glasses))(?: (?:about it|first))?|i(?:'m| am) (?:still )?(?:thinking|looking|writing(?: it down)?)|i need (?:a )?(?:moment|minute|second|sec|time)(?: to think)?|not so quick|slow your horses",
    ),
    (
        Intent::Back,
        r"(?:返回|后退|退回|回去)(?:上一[步个级页]|刚才|前面)?|上一(?:个|条|步|项|级|页|层)(?:问题|话题)?|(?:我们?)?(?:还是)?(?:回到|说回|讲回|回过头(?:来)?说)(?:刚才|前面|上一?个|之前|原来|最开始)?(?:的|那个|那件|说的|问的)*(?:问题|话题|事|事情|那里|内容|地方)?|(?:还是)?说(?:回)?(?:刚才|前面|之前)(?:的|那个|那件)+(?:问题|话题|事|事情)?|(?:go |take me |let's go |get )?back|(?:go |take me |let's go |get )?back to (?:the )?(?:what we were (?:saying|talking about)|(?:one |thing |question |topic )?(?:previous|last|earlier|first|before|other)(?: (?:topic|question|one|thing|subject|service|answer|page))?|where we were|my (?:first |earlier |last |previous )?question)|(?:the )?previous(?: (?:topic|question|thing|service|answer|page|one))?|return|where were we|as i was saying",
    ),
    (
        Intent::Wrong,
        r"(?:这|那)?(?:个)?不是(?:这|那)个(?:意思|问题)?|(?:这|那)?(?:个|些)?(?:都)?不是我(?:想|要)?(?:问|说|要|找|办)的(?:意思|问题|事|东西)?|我(?:问|说|要)的不是(?:这|那)个|(?:你)?(?:都)?(?:听|搞|弄|理解|想|说|答)错了?|(?:你)?(?:没|没有|不)(?:听懂|理解|明白|搞懂)(?:我(?:的意思|说的|说什么|在说什么|的问题)|人话)|(?:完全)?答非所问|(?:你)?(?:说的)?(?:不|没)对(?:题|应)|牛头不对马嘴|(?:这|你)?(?:个|的)?(?:回答|答案)?(?:根本)?(?:没用|没有用|没帮助|没有帮助|帮不上忙|不对|不解决问题|没解决(?:我的)?问题)|(?:no )?(?:that's|that is|this is|it's|that was) (?:not|isn't) (?:it|what i (?:asked|meant|want|wanted|need|needed|mean|said|was asking)(?: for| about)?|right|my question|the one|helpful|the right (?:one|answer)|correct)|(?:no )?(?:that|this) (?:isn't|wasn't) (?:it|what i (?:asked|meant|want|wanted|need|needed|mean|said)(?: for| about)?|right|my question|the one|helpful|correct)|(?:no )?(?:i )?didn't (?:ask|mean|say)(?: (?:that|for that|about that|this))?|(?:no )?you(?: have|'ve)? (?:misunderstood|misunderstand|got (?:it|me|that) wrong|didn't (?:understand|answer)|don't (?:understand|get it))(?: (?:me|my question|the question|what i (?:said|mean|asked)))?|(?:no )?(?:wrong|incorrect)(?: (?:answer|one|thing|service|question))?|(?:no )?not (?:that|this|it)(?: one)?|(?:no )?(?:that|this|it) (?:didn't|doesn't|does not|did not) (?:help|answer (?:my|the) question)(?: me)?(?: at all)?|not (?:very |really )?helpful|that's wrong",
    ),
    (
        Intent::Neither,
        r"(?:这(?:几|两|三)?个|哪一?个|一个|以上|它们)?都(?:不是|不对|没有|不要|不行|不合适)(?:的|了|我要的|我想要的|我要问的)?|哪(?:一)?个(?:都|也)不(?:是|对|要)|一个也不是|没有(?:一个是|我要的|我想要的|合适的|我想问的)(?:的)?|不是(?:这|那)(?:些|几个|两个|三个)|(?:有没有)?(?:其他|其它|别的|另外)(?:的)?(?:选项|选择|一个|服务|事)?|换一?个|(?:no )?(?:neither|none)(?: of (?:them|these|those|the above|it|the (?:two|three)))?|(?:no )?not (?:any|one) of (?:them|these|those)|(?:no )?(?:something|anything) else|(?:no )?not (?:these|those)|(?:the )?(?:another|other|different)(?: (?:one|thing|service))?|nothing (?:of|from) (?:these|those|the list)|not (?:in|on) the list",
    ),
    (
        Intent::Thanks,
        r"(?:好的?|嗯+|行|ok|知道了|明白了|懂了)?(?:那)?(?:真(?:的)?|非常|太|多|十分|实在|很)*(?:谢+|感谢|多谢|谢啦|谢了|蟹蟹|感恩|辛苦|麻烦)(?:你|您|你们|了|啦|啊|谢|哈|哦|帮忙|的?帮助)*|(?:那)?(?:麻烦|辛苦)(?:你|您)(?:了|啦)|(?:ok |okay |great |perfect |good |brilliant |lovely |alright |right |wonderful |cool |got it |yes )?(?:many |big )?(?:thanks|thank you|thank u|thankyou|thx|tnx|ty|tysm|cheers|ta|much appreciated|i appreciate (?:it|that|your help)|appreciate it|that's (?:very )?(?:kind|helpful)(?: of you)?|you've been (?:very |so |really )?(?:helpful|kind)|very helpful)(?: (?:so|very|ever so) much| a (?:lot|million|bunch)| again| for .{1,40}| you| mate| dear| friend| all)*",
    ),
    (
        Intent::Hello,
        r"(?:你们?好|您们?好|哈[喽罗啰]|嗨+|喂+|嘿|在吗|在么|在不在|有人吗|有人在吗|早|早安|早上好|上午好|中午好|下午好|晚上好|大家好|同志|师傅|请问在吗|hello|hi)+(?:啊|呀|吗|哦|哈)?|(?:hello|hi|hey|hiya|howdy|yo|good (?:morning|afternoon|evening|day)|greetings|morning|evening|afternoon)+(?: (?:there|hello|hi|everyone|all|bot|robot|wendu|again|good (?:morning|afternoon|evening|day)))*|(?:is )?any(?:one|body) (?:there|here|home)|are you there|how are you(?: (?:doing|today))*|你好吗|最近好吗",
    ),
    (
        Intent::Stop,
        r"(?:快)?(?:停|停下|停止|住口|闭嘴|打住)(?:来|了|一下)?|(?:别|不要|不用)(?:再)?(?:说|讲|念|读)(?:了|下去了?)|(?:行了)?(?:够了|算了|不问了|不说了|不办了)|取消(?:排队|等待)?|不(?:想)?(?:再)?(?:等|排队?)(?:了|下去了?)?|stop(?: (?:waiting|it|that|talking|speaking|now|reading|please|there))*|(?:ok )?(?:that's )?enough|shut up|shush|be quiet|quiet|cancel|never ?mind|forget it|skip it|don't bother|no more",
    ),
    (
        Intent::Goodbye,
        r"(?:好的?|那|行|没了|嗯|ok)*(?:再见|拜拜|拜|回见|回头见|下次见|没事了|没有了|没别的(?:事)?了|没有(?:别的|其他)(?:事|问题|的)?了?|不用了|好了|就这样|就这些|先这样|退出|结束|挂了)(?:了|啦|吧|再见|拜拜|谢谢)*|(?:ok |okay |no |right |thanks )?(?:good ?bye|bye|bye bye|bye now|see you|see ya|cya|see you (?:later|soon)|take care|good ?night|that's all|that is all|that'll be all|that will be all|nothing else|i'm done|all done|exit|quit|end|have a (?:good|nice|great) (?:day|one|evening))(?: (?:for now|bye|then|thanks|thank you))*",
    ),
    (
        Intent::Forget,
        r"(?:请|把|将)*(?:你)?(?:忘了|忘记|忘掉)(?:我|我说的(?:话|一切)?|刚才的话|这次谈话)|(?:请|我要|我想|帮我|想|要)*(?:删除|删掉|删了|清除|清空|清掉|抹掉|销毁|注销)(?:掉)?(?:我|我的|这次|这个|这段|所有|全部|刚才|说过|本次|今天|的)*(?:聊天记录|聊天|对话记录|谈话记录|记录|对话|谈话|个人信息|个人资料|信息|数据|资料|话|内容|隐私)|(?:请|帮我)*把(?:我|我的|这次|这个|这段|所有|全部|刚才|说过|说|的|跟你)*(?:聊天记录|聊天|对话记录|谈话记录|记录|对话|谈话|个人信息|个人资料|信息|数据|资料|话|内容|东西)(?:都|全部|全都|全|给我|给)*(?:删除|删掉|删了|删|清除|清空|清掉|忘了|忘掉|抹掉|销毁)(?:掉|了)?|(?:别|不要|不许|不准)(?:再)?(?:保存|记录|记住|留存|存|留)(?:下)?(?:我|我的|这些|这次|说|的|任何)*(?:话|信息|记录|资料|数据|对话|谈话)?|(?:i want |i'd |i wish |i would )?(?:you )?(?:to )?forget (?:me|about me|everything|all (?:of )?(?:it|this|that)|this (?:conversation|chat)|what i (?:said|told you|wrote)|everything i (?:said|told you|wrote))|(?:i want |i'd |i wish |i would |how do i |can i )?(?:you )?(?:to )?(?:delete|erase|wipe|clear|remove|destroy) (?:all )?(?:of )?(?:my|this|the|our|all|everything|what)(?: (?:my|the|personal|entire|whole))*(?: (?:data|conversation|chat|chats|messages|message|history|information|info|details|records?|chat history|chat log|transcript|i (?:said|wrote|told you)))(?: history| log)?|(?:do not|don't) (?:keep|store|save|record|remember|log) (?:any of )?(?:me|my (?:data|messages|details|information|chat|conversation)|this(?: conversation| chat)?|any of this|what i (?:said|say|wrote|told you)|anything)|(?:the )?right to be forgotten",
    ),
    (
        Intent::Complaint,
        r"(?:我)?(?:一定|真的)?(?:想|要|得|必须)*(?:提|做|写|打)?(?:个|一个|一下)?(?:投诉|投拆|差评|意见)(?:一下)?|(?:我)?(?:想|要|得|必须)*(?:投诉|举报|控告)(?:一下)?(?:你们?|您|客服|工作人员|窗口|窗口人员|办事员|前台|服务|服务态度|态度|机器人|这个助手|他们|政务大厅|服务中心)(?:的)?(?:工作人员|服务|态度|人|窗口)*|(?:去|在|到|向)?(?:哪里?|哪儿|什么地方|谁|哪个部门)(?:可以|能)?投诉(?:你们?|工作人员|窗口)?|(?:怎么|如何|咋)投诉(?:你们?|工作人员|窗口)?|投诉(?:电话|渠道|方式|热线|部门|邮箱|的电话)(?:是多少|是什么|在哪里?|有哪些)?|(?:我)?对(?:你们?|这个?|工作人员|窗口)(?:的)?(?:服务|态度|工作人员|回答)?(?:很|非常|太|特别|极其|十分)?不满意?|(?:你们?|他们|她|他|窗口|工作人员|办事员|客服|前台)*(?:的)?(?:人|窗口|工作人员)?(?:的)?(?:服务)?态度(?:怎么)?(?:太|真|很|特别|非常|这么|那么|实在)*(?:差|恶劣|不好|坏|烂|糟糕?)(?:劲)?(?:了|死了)?|你们?(?:这)?(?:是)?(?:什么|啥)(?:态度|服务)|(?:i )?(?:want|wanna|wish|need|would|'d|have|i'd|am going|gonna)? ?(?:like )?(?:to )?(?:make|file|lodge|submit|register|raise|send|write)? ?(?:a |an |my )?(?:formal |official |serious )?(?:complaint|complaints|complain|grievance)(?: (?:about|against) (?:you|the staff|your staff|your service|this service|the service|this (?:bot|assistant|robot|chatbot|office)|the (?:clerk|counter|office|woman|man|lady|guy|person|employee|officer)(?: at (?:the|your) (?:counter|desk|office|window))?|a (?:clerk|member of staff|staff member)|how i was treated|somebody|someone)(?: here)?)?|(?:how|where|who) (?:do|can|should|would) (?:i|we) (?:to )?(?:make |file |lodge |send |submit )?(?:a )?(?:complain|complaint|complaints)(?: to| about (?:you|the staff|this service))?|(?:the |your |that )(?:staff|clerk|officer|employee|woman|man|lady|guy|service|people)(?: at (?:the|your) (?:counter|desk|office|window))? (?:is|are|was|were|has been|have been) (?:so |very |really |extremely |just |incredibly )?(?:rude|unhelpful|terrible|awful|horrible|disrespectful|impolite|useless|bad)(?: to me)?|i (?:was|have been|am) (?:treated (?:badly|unfairly|rudely|very badly)|(?:very |so |really )?(?:unhappy|dissatisfied|disappointed|unsatisfied) with (?:you|your service|the service|the staff|this service))|(?:this is |that's |it's )(?:an? )?(?:absolutely |totally |simply )?(?:outrage|outrageous|unacceptable|disgrace|disgraceful)",
    ),
    (
        Intent::Help,
        r"帮助|帮帮?忙|帮帮我|菜单|功能|使用说明|(?:这|这个|这里|你)?(?:要|该|应该)?怎么用(?:你|的)?|(?:你|您|这里|这个)?(?:都)?(?:能|会|可以)(?:帮我)?(?:做|干|办|帮我做|帮我办|回答|查|问)?(?:些|点)?(?:什么|啥|哪些|嘛)(?:事|事情|问题|忙|呢)?|(?:我)?(?:都)?(?:能|可以|该)问(?:你)?(?:些|点)?(?:什么|啥|哪些)(?:问题)?|你有(?:什么|哪些|啥)(?:功能|用)|(?:help|menu|options|start|instructions)(?: me)?|what (?:can|could|do|should) (?:you|i)(?: all)? (?:do|ask|help|answer|say|know)(?: (?:here|you|me with|with|about|for me))*|(?:so )?how does (?:this|it) work|how (?:do|can) i use (?:this|it|you)|what (?:are you|is this) for|i (?:need|want)(?: some)? help|can you help(?: me)?",
    ),
    (
        Intent::Yes,
        r"(?:是|对|嗯|好|行|是的|对的|好的|没错)+(?:是|对|的|啊|呀|哒|嘞|哦)*|(?:可以|要|要的|需要|当然|当然了|确定|确认|肯定|成|中|没问题|同意|就是|就是(?:这|那)个|是(?:这|那)个|就(?:这|那)个|就它|没错|正是|删|删吧|删掉|请删|说吧)(?:的|了|啊|吧)*|(?:我)?(?:知道|明白|懂|了解|清楚|记住|记下(?:来)?|晓得|听懂|有数)了?|(?:有用|有帮助|解决了|有的)|(?:oh |ah )?(?:yes|yeah|yea|yep|yup|yess+|ya|y|aye|sure|sure thing|certainly|definitely|absolutely|of course|ok|okay|okey|k|kk|right|correct|true|exactly|precisely|indeed|fine|alright|all right|good|great|perfect|nice|cool|do it|go for it|please do|i do|it is|it did|it does|that's (?:it|right|correct|the one|good|fine|great|true)|that (?:is|was) (?:it|right|correct|the one)|that one|this one|i (?:see|understand|got it|agree|confirm)|got it|understood|makes sense|that (?:helps|helped)|confirm|confirmed|uh huh|mhm|mm hm|mm)(?: (?:yes|yeah|please|sure|it is|it did|i do|that's (?:it|right|the one)|that one|do it|do|delete it|delete|correct|right|ok|thanks|i am|i'm sure))*",
    ),
    (
        Intent::No,
        r"(?:不|不是|不要|不用|不了|不对|没有|没|不行|不可以|不需要|不必|错|否|没用|不同意|先不|暂时不用|别|不想|别删|不删|不删了)+(?:的|了|啊|吧|呢|谢谢)*|(?:oh )?(?:no|nope|nah|naw|na|n|not really|not at all|no way|of course not|certainly not|not yet|not now|no thanks|no thank you|negative|false|i don't|it isn't|it's not|it didn't|it doesn't|i'm not|don't|do not|rather not|keep it|don't do (?:it|that))(?: (?:no|thanks|thank you|not really|i don't|it isn't|it's not|it didn't|it wasn't|don't|sorry|keep it|please don't))*",
    ),
];

/// Anywhere in the message. First match counts.
pub(super) const WITHIN: &[(Intent, &str)] = &[
    (
        Intent::Robot,
        r"^你?(?:到底|究竟)?(?:是不是|是)(?:一?个)?(?:真人|机器人?|人工智能|ai|谁|电脑|程序|活人|人|机器|chatgpt)(?:吗|么|啊|呢|吧|在(?:说话|回答|跟我说话|聊天))?(?:还是.{1,8})?$|我(?:是)?(?:在)?(?:跟|和)(?:机器人?|真人|人|ai|电脑)(?:说话|聊天|讲话|聊)(?:吗|么|呢|还是.{1,8})?$|^(?:对面|那边)?(?:是)?(?:真人|机器人?|ai|人)(?:吗|么|还是.{1,8})$|\bare you (?:a |an |the )?(?:real|robot|bot|machine|human|ai|computer|chatbot|program|automated|chat ?gpt|recording|person)(?: (?:person|human|being|robot|bot|or (?:a |an )?.{1,20}))*$|^(?:who|what) are you\b|\bam i (?:talking|speaking|chatting|writing) (?:to|with) (?:a|an) \w+|^is (?:this|that|it) (?:a |an )(?:real |actual |live )?(?:robot|bot|machine|human|ai|computer|chatbot|person|recording)",
    ),
    (
        Intent::Person,
        r"(?:找|转|要|接|换|叫|有没有|想跟|想和|跟|和|给我|帮我|来)(?:我)?(?:接|转|找)?(?:到|一下)?(?:个|一个|位)?(?:你们的?)?(?:人工(?:服务|客服|坐席|台)?|真人|活人|客服|接线员|话务员)(?:$|[^耳晶流授受智关费降湖草心证签字])|(?:转|接)人工(?:服务|客服|$)|人工(?:服务|客服|坐席|电话)|(?:找|联系|换|叫|转|接)(?:个|一个|一下|一位|位|到)?(?:你们的?)?(?:工作人员|值班人员)(?:$|来?(?:说|聊|谈|讲|问|听|帮|接))|(?:跟|和|同)(?:你们的?|一个|个|位|真|活)*(?:工作人员|人)(?:直接)?(?:说话?|讲话?|聊聊?|谈谈?|沟通|对话|通话)(?:一下|吗|么|$)|找(?:个|一个)?(?:真|活)?人(?:来)?(?:跟|和|陪)?我?(?:说|聊|谈|讲|问问)|(?:不|别)(?:想|要|愿意)?(?:再)?(?:跟|和|同)(?:你个?)?(?:机器人?|电脑|ai)(?:说|讲|聊)|(?:让|叫|请)(?:个|一个)?(?:人|工作人员|真人)(?:来)?(?:给我)?(?:接|听)(?:电话)?$|(?:给我|请)(?:回|打)(?:个)?电话$|\b(?:talk|talking|speak|speaking|chat|connect|connected|transfer|transferred|put)(?: me)?(?: directly)?(?: through)?(?: to| with) (?:a |an |the |some |your |any )?(?:real |live |actual |human |physical )*(?:person|human|agent|someone|somebody|operator|staff|people|representative|member of staff|staff member|human being|customer service|colleague|rep)\b|\b(?:i )?(?:want|need|would like|'d like|i'd|gimme|give me|get me|let me have) (?:to (?:see|reach|have) )?(?:a |an |the )?(?:real |live |actual |human )*(?:person|human|agent|operator|human being|representative|rep)(?: (?:please|now|right now|to (?:talk|speak|help).*))?$|\b(?:real|live|actual) (?:person|human)(?: please| now)?$|\bhuman being$|\b(?:reach|contact|call) (?:a (?:real )?(?:person|human)|customer service|the staff|staff|your staff)\b|\b(?:someone|somebody|your colleagues?|a person|a human) (?:to |can |could |please )?(?:call|ring|phone) (?:me|us)(?: back)?\b|\b(?:don't|do not) want to (?:talk|speak|chat) (?:to|with) (?:a |an |this |some )?(?:stupid )?(?:robot|bot|machine|computer|chatbot|ai)\b|\bis there (?:a |an |any )?(?:real |live )?(?:person|human|anyone real|one real)(?: (?:here|there|i can (?:talk|speak) to))?$|\boperator$|\b(?:talk|speak|talking|speaking) (?:to|with) (?:anyone|anybody|one of (?:you|your \w+))\b|\b(?:someone|somebody|anyone|anybody|a human|a person) (?:that |who |whom )?(?:i can|i could|to) (?:talk|speak) (?:to|with)\b|\b(?:get|give|find) me (?:someone|somebody)(?: real| else)?$|叫(?:个|一个|位)?(?:真|活)?人来(?:$|接|跟|和|同)|换(?:个|一个|位)(?:真|活)?人(?:来|$)",
    ),
];
