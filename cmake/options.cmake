# What every target is built with, and how a room is declared.

add_library(scca_options INTERFACE)
target_include_directories(scca_options INTERFACE ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/generated)
target_compile_options(scca_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
# Once it inlines everything, GCC 12 sees an overlap in "…" + std::string that there is not (GCC bug 105651), and thinks
# that a variant which is moved may hold what it does not hold (GCC bug 80635); clang and the sanitizers look for such.
set(gcc_12 $<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>)
target_compile_options(scca_options INTERFACE $<${gcc_12}:-Wno-restrict> $<${gcc_12}:-Wno-maybe-uninitialized>)
if(SCCA_WERROR)
    target_compile_options(scca_options INTERFACE -Werror)
endif()
target_compile_definitions(scca_options INTERFACE FMT_HEADER_ONLY)

if(SCCA_SANITIZE)
    add_compile_options(-fsanitize=${SCCA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${SCCA_SANITIZE})
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
    # The shared libstdc++ costs 0.6 ms a start; a doctor is started often.
    add_compile_options(-D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection)
    add_link_options(-static-libstdc++ -static-libgcc -Wl,-z,relro,-z,now -Wl,--as-needed -Wl,-z,pack-relative-relocs)
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
        add_compile_options(-fcf-protection)
    endif()
    add_link_options($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
endif()

# scca_room(<name> <sources…> [DEPS <rooms…>]): the static library scca_<name>. The rooms that it may include are the
# design's table, held by tests/architecture/rooms.py.
function(scca_room name)
    cmake_parse_arguments(ROOM "" "" "DEPS" ${ARGN})
    add_library(scca_${name} STATIC ${ROOM_UNPARSED_ARGUMENTS})
    target_link_libraries(scca_${name} PUBLIC scca_options)
    foreach(dep IN LISTS ROOM_DEPS)
        target_link_libraries(scca_${name} PUBLIC scca_${dep})
    endforeach()
endfunction()
