// SPDX-License-Identifier: Apache-2.0
//
// The picture of a training seal: a red ring with a bar across it, drawn so that nobody takes it for a company's
// seal. It is a PNG of 96 x 96 pixels in two colours, made without an image library.
#pragma once

#include "settings.hpp"

namespace scca::softkey {

[[nodiscard]] Bytes draw_seal_picture();

}  // namespace scca::softkey
