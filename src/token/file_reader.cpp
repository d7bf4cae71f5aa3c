// SPDX-License-Identifier: Apache-2.0
#include "scca/token/file_reader.hpp"

#include "scca/token/surroundings.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace scca::token {
namespace {

/// What gives less than a page, and less than was asked for, has come to its end.
constexpr std::size_t page = 4096;

}  // namespace

FileReader::~FileReader() { close_folder(); }

void FileReader::close_folder() noexcept {
    if (folder_descriptor_ >= 0) ::close(folder_descriptor_);
    folder_descriptor_ = -1;
}

FileGiven FileReader::read(const std::string& path, bool listed) {
    FileGiven room;
    if (!rooms_.empty()) {
        room = std::move(rooms_.back());
        rooms_.pop_back();
    }
    room.path = path;
    if (listed && read_small(room)) return room;
    return read_file(path, limit_, std::move(room.content));
}

bool FileReader::read_small(FileGiven& room) {
    const std::string& path = room.path;
    const std::size_t name = path.rfind('/') + 1;
    if (path.compare(0, name, folder_) != 0) {
        close_folder();
        folder_ = path.substr(0, name);
        folder_descriptor_ = ::open(folder_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    if (folder_descriptor_ < 0) return false;
    const int file = ::openat(folder_descriptor_, path.c_str() + name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0) return false;
    std::array<std::uint8_t, page> octets;
    const ssize_t count = ::read(file, octets.data(), octets.size());
    ::close(file);
    if (count <= 0 || static_cast<std::size_t>(count) >= std::min(page, limit_ + 1)) return false;
    room.content.assign(octets.begin(), octets.begin() + count);
    return true;
}

}  // namespace scca::token
