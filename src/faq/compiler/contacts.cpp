// SPDX-License-Identifier: Apache-2.0
#include "check.hpp"

#include <algorithm>
#include <regex>
#include <string_view>

namespace scca::faq::compiler {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? std::string() : std::string(between)) + part;
    return text;
}

/// What a person needs to reach somebody: the address, else the telephone, else QQ.
std::string reach_of(const Contact& contact, std::string_view between) {
    if (!contact.url.empty()) return contact.url;
    return joined(contact.phones.empty() ? contact.qq : contact.phones, between);
}

/// What {@id.field} stands for in one language; empty when the contact has no such field.
std::string field_of(const Contact& contact, std::string_view field, bool chinese) {
    const std::string_view between = chinese ? "、" : ", ";
    const std::string& name = chinese ? contact.name.zh : contact.name.en;
    if (field == "name") return name;
    if (field == "url") return contact.url;
    if (field == "phone") return joined(contact.phones, between);
    if (field == "qq") return joined(contact.qq, between);
    if (!field.empty()) return {};
    const std::string reach = reach_of(contact, between);
    if (reach.empty()) return name;
    return chinese ? name + "（" + reach + "）" : name + " (" + reach + ")";
}

void expand(std::string& text, bool chinese, const Place& place, const Faq& faq, Complaints& complaints) {
    for (std::size_t open = text.find("{@"); open != std::string::npos; open = text.find("{@", open)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string::npos) {
            complaints.push_back({place, "'{@' without '}'"});
            return;
        }
        const std::string mention = text.substr(open + 2, close - open - 2);
        const std::size_t dot = mention.find('.');
        const std::string id = mention.substr(0, dot);
        const std::string field = dot == std::string::npos ? std::string() : mention.substr(dot + 1);
        const auto contact =
            std::find_if(faq.contacts.begin(), faq.contacts.end(), [&](const Contact& c) { return c.id == id; });
        const std::string value = contact == faq.contacts.end() ? std::string() : field_of(*contact, field, chinese);
        if (value.empty()) {
            complaints.push_back({place, "unknown contact '{@" + mention + "}'"});
            open = close;
            continue;
        }
        text.replace(open, close - open + 1, value);
        open += value.size();
    }
}

bool holds_number(const std::string& text) {
    // Host names, the service numbers 400/800, area code and number, mobile numbers, and QQ followed by its digits.
    static const std::regex host(
        "(https?://|www\\.)|(^|[^A-Za-z0-9.-])([A-Za-z0-9-]+\\.)+(com|cn|net|org|gov|edu)($|[^A-Za-z0-9.-])",
        std::regex::icase | std::regex::optimize);
    static const std::regex phone(
        "(^|[^0-9])([48]00-?[0-9]{3}-?[0-9]{4}|0[0-9]{2,3}[- ][0-9]{7,8}|1[3-9][0-9]{9}|"
        "[48]00[0-9]?-[0-9]{3,4}-?[0-9]{3,4})($|[^0-9])",
        std::regex::optimize);
    static const std::regex qq("QQ[^A-Za-z0-9]{0,6}[0-9]{5,}", std::regex::icase | std::regex::optimize);
    return std::regex_search(text, host) || std::regex_search(text, phone) || std::regex_search(text, qq);
}

}  // namespace

void check_numbers(const Faq& faq, Complaints& complaints) {
    Faq copy = faq;
    each_text(copy, [&](Text& text) {
        if (holds_number(text.zh) || holds_number(text.en)) {
            complaints.push_back(
                {text.place,
                 "a telephone number, QQ number or address is written out; name its contact instead: {@…}"});
        }
    });
}

void expand_contacts(Faq& faq, Complaints& complaints) {
    each_text(faq, [&](Text& text) {
        expand(text.zh, true, text.place, faq, complaints);
        expand(text.en, false, text.place, faq, complaints);
    });
}

}  // namespace scca::faq::compiler
