package io.brrtrouter.outbound;

import java.sql.SQLException;

class DeliveriesTest extends DeliveriesContract {
  @Override
  TestDatabase database() throws SQLException {
    return TestDatabase.h2();
  }
}
