# language: zh-CN
功能: 5 碳库
  地上、地下生物质必选，木产品不选，两种情景选择一致；其余碳库不在复算范围内。

  背景:
    假如 方法学 "ccer-14-001"

  场景大纲: <规则>：“<碳库>”在项目情景“<项目>”、基线情景“<基线>”
    假如 有以下碳库:
      | 碳库   | 项目情景选择 | 基线情景选择 |
      | <碳库> | <项目>       | <基线>       |
    当 运行规则 "<规则>"
    那么 结论为 "<结论>"

    例子: AFF-5-POOL-ABOVE、AFF-5-POOL-BELOW、AFF-5-POOL-PRODUCTS
      | 规则                | 碳库       | 项目 | 基线 | 结论   |
      | AFF-5-POOL-ABOVE    | 地上生物质 | 是   | 是   | 符合   |
      | AFF-5-POOL-ABOVE    | 地上生物质 | 否   | 否   | 不符合 |
      | AFF-5-POOL-ABOVE    | 地下生物质 | 是   | 是   | 不符合 |
      | AFF-5-POOL-BELOW    | 地下生物质 | 是   | 是   | 符合   |
      | AFF-5-POOL-BELOW    | 地下生物质 | 否   | 否   | 不符合 |
      | AFF-5-POOL-PRODUCTS | 木产品     | 否   | 否   | 符合   |
      | AFF-5-POOL-PRODUCTS | 地上生物质 | 是   | 是   | 符合   |
      | AFF-5-POOL-PRODUCTS | 木产品     | 是   | 是   | 不符合 |

    例子: AFF-5-POOL-SAME、AFF-5-POOL-OTHER
      | 规则             | 碳库       | 项目 | 基线 | 结论   |
      | AFF-5-POOL-SAME  | 枯死木     | 是   | 是   | 符合   |
      | AFF-5-POOL-SAME  | 枯死木     | 否   | 否   | 符合   |
      | AFF-5-POOL-SAME  | 枯死木     | 是   | 否   | 不符合 |
      | AFF-5-POOL-SAME  | 枯死木     | 否   | 是   | 不符合 |
      | AFF-5-POOL-OTHER | 枯死木     | 否   | 否   | 符合   |
      | AFF-5-POOL-OTHER | 土壤有机碳 | 是   | 是   | 不符合 |
      | AFF-5-POOL-OTHER | 地上生物质 | 是   | 是   | 不适用 |

  场景: 另选的碳库只提出观察项
    假如 有以下碳库:
      | 碳库   | 项目情景选择 | 基线情景选择 |
      | 枯落物 | 是           | 是           |
    当 运行规则 "AFF-5-POOL-OTHER"
    那么 发现 1 项 "观察项"
    而且 发现指向 "枯落物"

  场景大纲: <规则>：未说明“<碳库>”是否选择
    假如 有以下碳库:
      | 碳库   | 项目情景选择 | 基线情景选择 |
      | <碳库> |              | 是           |
    当 运行规则 "<规则>"
    那么 结论为 "不能确定"
    而且 缺少 "pools[<碳库>].project"

    例子:
      | 规则                | 碳库       |
      | AFF-5-POOL-ABOVE    | 地上生物质 |
      | AFF-5-POOL-BELOW    | 地下生物质 |
      | AFF-5-POOL-PRODUCTS | 木产品     |
      | AFF-5-POOL-SAME     | 枯死木     |
      | AFF-5-POOL-OTHER    | 枯死木     |
