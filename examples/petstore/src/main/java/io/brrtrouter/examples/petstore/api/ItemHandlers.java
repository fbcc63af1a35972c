package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.CopyItemRequest;
import io.brrtrouter.examples.petstore.generated.api.CopyItemResponse;
import io.brrtrouter.examples.petstore.generated.api.GetItemRequest;
import io.brrtrouter.examples.petstore.generated.api.GetItemResponse;
import io.brrtrouter.examples.petstore.generated.api.PostItemRequest;
import io.brrtrouter.examples.petstore.generated.api.PostItemResponse;
import io.brrtrouter.examples.petstore.generated.model.Item;
import io.brrtrouter.examples.petstore.generated.model.ItemInput;
import io.brrtrouter.examples.petstore.shop.Items;
import java.util.Optional;
import java.util.UUID;

/** Operations on items, which the shop keeps as the document describes them. */
final class ItemHandlers {
  private final Items items;

  ItemHandlers(Items items) {
    this.items = items;
  }

  GetItemResponse get(GetItemRequest request) {
    return new GetItemResponse.Ok(items.get(request.id()));
  }

  PostItemResponse post(PostItemRequest request) {
    Item item = item(request.id(), request.body());
    return items.put(request.id(), item)
        ? new PostItemResponse.Created(item, "/items/" + request.id())
        : new PostItemResponse.Ok(item);
  }

  private static Item item(UUID id, ItemInput told) {
    return new Item(
        id, told.name(), told.price(), told.stock(), told.color(), told.size(), told.attributes());
  }

  CopyItemResponse copy(CopyItemRequest request) {
    Item copy = items.copy(request.id(), Optional.ofNullable(request.xCopyName()));
    return new CopyItemResponse.Created(copy, "/items/" + copy.id());
  }
}
