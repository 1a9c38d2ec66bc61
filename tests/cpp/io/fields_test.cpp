#include "io/fields.hpp"

#include "io/yaml_document.hpp"
#include "netproof/model/vpc.hpp"
#include "reading.hpp"

namespace netproof::io {
namespace {

class FieldsOf : public testing::Test {
 protected:
  Fields of(const std::string& text) {
    const SourceText source{"a.yaml", text};
    map_ = parse_yaml(source, problems_).value_or(Node{});
    return Fields{problems_, map_, "thing"};
  }
  std::vector<std::string> codes() {
    std::vector<std::string> codes;
    for (const auto& each : problems_.take()) codes.push_back(each.code);
    return codes;
  }

  Problems problems_;
  Node map_;
};

TEST_F(FieldsOf, ReportsWhatNobodyAskedFor) {
  Fields fields = of("a: x\nb: 1\nx-c: 2\n");
  EXPECT_EQ(fields.text("a"), "x");
  fields.finish();
  EXPECT_EQ(codes(), Names{"unknown-key"});
  EXPECT_EQ(problems_.failures(), 1);
}

TEST_F(FieldsOf, ValuesThatCanBeOpenAre) {
  Fields fields = of("a: unknown\nb: maybe\nc: true\nd: [v, unknown]\n");
  EXPECT_TRUE(fields.open_flag("a", {}).unknown);
  EXPECT_TRUE(fields.open_flag("b", {}).unknown);
  EXPECT_TRUE(fields.open_flag("c", {}).is(true));
  EXPECT_TRUE(fields.open_flag("none", {true, false, {}}).is(true));
  EXPECT_TRUE(fields.open_refs<Vpc>("d")->open);
  EXPECT_EQ(codes(), Names{"boolean"});
  EXPECT_EQ(problems_.failures(), 0);
}

TEST_F(FieldsOf, ValuesThatCannotFail) {
  Fields fields = of("a: unknown\nb: x\n");
  EXPECT_EQ(fields.text("a"), "");
  EXPECT_EQ(fields.number("b", 5, 0, 9), 5);
  EXPECT_EQ(fields.need_ref<Vpc>("c").name, "");
  EXPECT_EQ(problems_.failures(), 3);
}

TEST_F(FieldsOf, AnUnknownInAnElementOpensTheListAround) {
  Fields fields = of("a: [unknown, x]\n");
  const auto list = read_open_list<std::string>(
      problems_, *fields.find("a"), [&](const Node& item, auto& out) {
        out.push_back(item.text);
        problems_.add_unknown(item);
      });
  EXPECT_TRUE(list.open);
  EXPECT_EQ(list.items, Names{"x"});
  EXPECT_EQ(codes(), Names{});
}

}  // namespace
}  // namespace netproof::io
