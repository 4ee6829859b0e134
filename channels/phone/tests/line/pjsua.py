"""A telephone of PJSUA2. It calls when it is told to, does what its standard input says line by
line, and says on its standard output what happened.

    pjsua.py LOG [timer]       LOG: the file for its messages; timer: a session of 90 s

    call URI | info KEYS | keys KEYS | hold | resume | received | end
"""

import sys

import pjsua2 as pj


def say(*words):
    print(*words, flush=True)


class Call(pj.Call):
    def onCallState(self, _):
        say(self.getInfo().stateText)

    def onCallMediaState(self, _):
        # Kept while its media are read: they are gone with it.
        info = self.getInfo()
        if info.media[0].status == pj.PJSUA_CALL_MEDIA_ACTIVE:
            say("MEDIA")
        elif info.media[0].status == pj.PJSUA_CALL_MEDIA_LOCAL_HOLD:
            say("HELD")


def endpoint(log):
    end = pj.Endpoint()
    end.libCreate()
    config = pj.EpConfig()
    config.logConfig.filename = log
    config.logConfig.level = 5
    config.logConfig.consoleLevel = 0
    config.medConfig.noVad = True
    end.libInit(config)
    transport = pj.TransportConfig()
    transport.boundAddress = "127.0.0.1"
    end.transportCreate(pj.PJSIP_TRANSPORT_UDP, transport)
    end.libStart()
    end.audDevManager().setNullDev()
    for codec in end.codecEnum2():
        end.codecSetPriority(codec.codecId, 255 if codec.codecId.startswith("PCMU") else 0)
    return end


def account(options):
    config = pj.AccountConfig()
    config.idUri = "sip:pjsua@127.0.0.1"
    if "timer" in options:
        config.callConfig.timerUse = pj.PJSUA_SIP_TIMER_ALWAYS
        config.callConfig.timerMinSESec = config.callConfig.timerSessExpiresSec = 90
    made = pj.Account()
    made.create(config)
    return made


def does(call, command, what):
    option = pj.CallOpParam(True)
    if command == "call":
        call.makeCall(what, option)
    elif command == "info":
        keys = pj.CallSendDtmfParam()
        keys.digits = what
        keys.method = pj.PJSUA_DTMF_METHOD_SIP_INFO
        call.sendDtmf(keys)
    elif command == "keys":
        call.dialDtmf(what)
    elif command == "hold":
        call.setHold(option)
    elif command == "resume":
        option.opt.flag = pj.PJSUA_CALL_UNHOLD
        call.reinvite(option)
    elif command == "received":
        say("RECEIVED", call.getStreamStat(0).rtcp.rxStat.pkt)
    elif command == "end" and call.isActive():
        call.hangup(option)


def main(log, *options):
    end = endpoint(log)
    caller = account(options)
    call = Call(caller)
    for line in sys.stdin:
        command, _, what = line.strip().partition(" ")
        does(call, command, what)
        if command == "end":
            break
    del call, caller
    end.libDestroy()


main(*sys.argv[1:])
