// SPDX-License-Identifier: Apache-2.0
#include "scca/explain/explain.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace scca;

namespace {

std::vector<std::string> problems_in(const std::string& text) {
    std::vector<std::string> ids;
    for (const auto& match : explain::explain(text).matches) ids.emplace_back(faq::entry(match.id).id);
    return ids;
}

std::string first_in(const std::string& text) {
    const auto ids = problems_in(text);
    return ids.empty() ? std::string() : ids.front();
}

}  // namespace

TEST_CASE("a cut-off sentence of the seal software names its problem") {
    CHECK(first_in("签章软件未识别到USB-KEY") == "seal-key-not-recognised");
}

TEST_CASE("a clean piece of one message is certain") {
    for (const auto& [text, id] : std::vector<std::pair<std::string, std::string>>{
             {"签章软件未识别到USB-KEY", "seal-key-not-recognised"},
             {"未检测到签章", "seal-key-not-recognised"},
             {"钥匙盘已过期", "seal-expired"},
             {"不能获取签章信息", "seal-expired"},
             {"请及时联系签章发放单位进行年检操作", "seal-safe-period-exceeded"},
             {"初始化签名证书选择模式", "sign-cert-init-failed"},
             {"您的更新/变更业务正在办理", "update-key-not-detected"}}) {
        INFO(text);
        const auto matches = explain::explain(text).matches;
        REQUIRE_FALSE(matches.empty());
        CHECK(faq::entry(matches.front().id).id == id);
        CHECK(matches.front().confidence == explain::Confidence::certain);
    }
}

TEST_CASE("a message that was misread or typed by sound is recognised, but is not certain") {
    for (const auto& [text, id] :
         std::vector<std::pair<std::string, std::string>>{{"没有找道数字正叔", "cert-not-found"},
                                                          {"设首无法识别", "key-not-detected"},
                                                          {"无发识别到KEY", "key-not-detected"},
                                                          {"了1服务没有回应", "helper-not-running"}}) {
        INFO(text);
        const auto matches = explain::explain(text).matches;
        REQUIRE_FALSE(matches.empty());
        CHECK(faq::entry(matches.front().id).id == id);
        CHECK(matches.front().confidence != explain::Confidence::certain);
    }
    CHECK(problems_in("这本正书多少钱").empty());
}

TEST_CASE("a piece that has lost its denial is not certain") {
    for (const auto& match : explain::explain("能获取签章信息").matches)
        CHECK(match.confidence != explain::Confidence::certain);
}

TEST_CASE("a piece that several problems share is not certain of any") {
    const auto matches = explain::explain("请重新登录").matches;
    for (const auto& match : matches) CHECK(match.confidence != explain::Confidence::certain);
}

TEST_CASE("a message is preferred to a shorter one inside it, whatever furniture stands around") {
    CHECK(problems_in("操作失败\n验证签名操作失败, 错误码: 0xA0000002\n返回首页 重新登录").front() ==
          "signature-mismatch");
    CHECK(problems_in("来自网页的消息\n执行本地方法失败, 错误码: 0xF0000001\n确定").front() == "helper-call-failed");
}

TEST_CASE("a short message on a line of its own is found on a whole screen") {
    CHECK(
        first_in("文件(F) 编辑(E) 收藏夹(A) 工具(T)\n首页 通知公告 交易信息\n提示\n证书已冻结\n确定 取消\n技术支持") ==
        "cert-revoked");
    CHECK(first_in("此电脑 回收站 微信 WPS Office\n四川省公共资源交易信息网 登录 注册\n设备已移除！\n确定\n14:32") ==
          "key-removed");
}

TEST_CASE("Taiwan's words are understood, not only its characters") {
    CHECK(first_in("匯出使用者憑證失敗！") == "cert-unreadable");
    CHECK(first_in("您的電腦上未安裝指定USB KEY的驅動程式") == "key-driver-missing");
    CHECK(first_in("加密檔案失敗 錯誤程式碼：0x80083005") == "encrypt-failed");
}

TEST_CASE("passwords, invoices and drivers of other things get no answer") {
    for (const char* text : {"邮箱的密码错误登不上", "支付密码输错被锁定", "打印机的驱动装不上", "酒店的电子发票怎么开",
                             "手机PIN输错多次被锁", "服务器证书过期", "vpn客户端连接失败", "建造师证书下载失败"}) {
        INFO(text);
        CHECK(problems_in(text).empty());
    }
}

TEST_CASE("a thing that nobody here has heard of is another's, whatever is wrong with it") {
    CHECK(problems_in("同花顺账户密码锁定").empty());
    CHECK(problems_in("墨水瓶公司密码错误").empty());
    CHECK(problems_in("验证码输入错误，请重新输入").empty());
    CHECK(problems_in("插件在石榴汁里加载失败").empty());
    CHECK(first_in("我同事的密码被锁了怎么办") == "pin-locked");
}

TEST_CASE("what went well is no question, and what did not is") {
    CHECK(problems_in("密码修改成功，请牢记").empty());
    CHECK(first_in("远程开标解密不成功，锁是对的呀") == "decrypt-failed");
}

TEST_CASE("a message says more than the code or the sentence that fills its hole") {
    CHECK(first_in("你名失败，销误码: -2146881278 错误信息; 未知错误") == "sign-operation-failed");
    CHECK(first_in("安装证书发生错误！错误号: -2146893802 错误描述: 密钥集不存在") == "install-failed");
    CHECK(first_in("-2146893802") == "key-container-mismatch");
}

TEST_CASE("a short message within a sentence yields to what the whole sentence says") {
    CHECK(first_in("证书已过期") == "cert-expiring");
    CHECK(first_in("盖章时证书已过期") == "signed-outside-validity");
}

TEST_CASE("everyday questions find the guide's problems") {
    CHECK(first_in("怎么改密码") == "pin-change");
    CHECK(first_in("发票怎么拿") == "invoice");
    CHECK(first_in("钥匙的口令想不起来了") == "pin-locked");
    CHECK(first_in("盖章那个软件老说找不到锁") == "seal-key-not-recognised");
    CHECK(first_in("CA快到期在哪续费") == "cert-expiring");
    CHECK(first_in("交完钱发票去哪拿") == "invoice");
}

TEST_CASE("what is not in the table gets no answer") {
    for (const char* text :
         {"今天天气怎么样", "驾照过期", "路由器密码错误", "未检测到打印机", "安装包下载失败请重试", "高铁票的电子发票",
          "证书", "失败", "error", "12345678", "密码", "设备", "", " \n\t", "×"}) {
        INFO(text);
        CHECK(problems_in(text).empty());
    }
}

TEST_CASE("a message of two platforms gives both, unless the text names one") {
    auto both = problems_in("未注册账号或者未激活绑定证书");
    std::sort(both.begin(), both.end());
    CHECK(both == std::vector<std::string>{"account-not-bound-chengdu", "account-not-bound-province"});
    CHECK(problems_in("成都市公共资源交易服务中心 未注册账号或者未激活绑定证书") ==
          std::vector<std::string>{"account-not-bound-chengdu"});
    CHECK(problems_in("四川省平台：未注册账号或者未激活绑定证书") ==
          std::vector<std::string>{"account-not-bound-province"});
}

TEST_CASE("several errors in one text are all given, each where it stands") {
    const std::string first = "先是钥匙盘已过期，不能获取签章信息；";
    const auto matches = explain::explain(first + "后来签名失败请重试!").matches;
    REQUIRE(matches.size() == 2);
    for (const auto& match : matches) {
        const bool expired = faq::entry(match.id).id == "seal-expired";
        CHECK(match.at == (expired ? std::string("先是").size() : first.size() + std::string("后来").size()));
        CHECK(match.confidence == explain::Confidence::certain);
    }
}

TEST_CASE("what matched is quoted as it was pasted") {
    const auto matches = explain::explain("提示 × 鑰匙盤已 過期，不能獲取簽章資訊 确定").matches;
    REQUIRE_FALSE(matches.empty());
    CHECK(faq::entry(matches.front().id).id == "seal-expired");
    CHECK(matches.front().matched.starts_with("鑰匙盤已 過期"));
    CHECK(matches.front().at == std::string("提示 × ").size());
}

TEST_CASE("GB 18030 and UTF-16 are read, and offsets count in the bytes that came") {
    // 提示：钥匙盘已过期，不能获取签章信息
    const std::string gb18030 =
        "\xCC\xE1\xCA\xBE\xA3\xBA\xD4\xBF\xB3\xD7\xC5\xCC\xD2\xD1\xB9\xFD\xC6\xDA\xA3\xAC\xB2\xBB\xC4\xDC\xBB\xF1\xC8"
        "\xA1\xC7\xA9"
        "\xD5\xC2\xD0\xC5\xCF\xA2";
    auto matches = explain::explain(gb18030).matches;
    REQUIRE_FALSE(matches.empty());
    CHECK(faq::entry(matches.front().id).id == "seal-expired");
    CHECK(matches.front().at == 6);
    CHECK(matches.front().matched.starts_with("钥匙盘"));
    std::string utf16 = "\xFF\xFE";
    for (const char c : std::string("x CKR_PIN_LOCKED")) utf16 += std::string{c, '\0'};
    matches = explain::explain(utf16).matches;
    REQUIRE_FALSE(matches.empty());
    CHECK(matches.front().at == 6);
}

TEST_CASE("a long log is searched to its end") {
    std::string log;
    for (int i = 0; i < 3000; ++i) log += "2026-11-05 08:58:10 INFO certkit: 正在检查环境 ok\n";
    const std::size_t at = log.size();
    log += "钥匙盘已过期，不能获取签章信息\n";
    for (int i = 0; i < 3000; ++i) log += "2026-11-05 08:58:11 INFO certkit: 结束\n";
    const auto matches = explain::explain(log).matches;
    REQUIRE(matches.size() == 1);
    CHECK(matches.front().at == at);
}

TEST_CASE("arbitrary bytes do no harm") {
    for (const std::string& text :
         {std::string("\xFF\xFE\x00", 3), std::string("\xE9"), std::string(1000, '\x80'), std::string("\0\0\x01", 3),
          std::string("--module -list \x1B[31m"), std::string("0x"), std::string("-"), std::string("\xFE\xFF\xD8")}) {
        CHECK_NOTHROW(explain::explain(text));
    }
}

TEST_CASE("a Linux tool's text is known as such") {
    CHECK(explain::explain("pkcs11-tool: rv = CKR_PIN_LOCKED (0xa4)").from_linux);
    CHECK_FALSE(explain::explain("钥匙盘已过期，不能获取签章信息").from_linux);
}

TEST_CASE("every title and every keyword of the table finds its own problem among the answers") {
    std::size_t all = 0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < faq::entries().size(); ++i) {
        for (const std::string_view keyword : faq::keywords_of(faq::entries()[i])) {
            const auto explanation = explain::explain(keyword);
            ++all;
            const bool named = std::any_of(explanation.matches.begin(), explanation.matches.end(),
                                           [&](const explain::Match& match) { return match.id.index == i; });
            const bool similar = std::any_of(explanation.similar.begin(), explanation.similar.end(),
                                             [&](faq::Id id) { return id.index == i; });
            found += named || similar ? 1 : 0;
        }
    }
    INFO(found << " of " << all);
    CHECK(found * 100 >= all * 90);
}
