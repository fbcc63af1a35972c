package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.AddPetHandler;
import io.brrtrouter.examples.petstore.generated.api.AdminSettingsHandler;
import io.brrtrouter.examples.petstore.generated.api.ApplyForAdoptionHandler;
import io.brrtrouter.examples.petstore.generated.api.CancelOrderHandler;
import io.brrtrouter.examples.petstore.generated.api.ChangeSettingsHandler;
import io.brrtrouter.examples.petstore.generated.api.ChatHandler;
import io.brrtrouter.examples.petstore.generated.api.ComparePetsHandler;
import io.brrtrouter.examples.petstore.generated.api.CopyItemHandler;
import io.brrtrouter.examples.petstore.generated.api.CreatePostHandler;
import io.brrtrouter.examples.petstore.generated.api.CreateUserHandler;
import io.brrtrouter.examples.petstore.generated.api.DeletePetHandler;
import io.brrtrouter.examples.petstore.generated.api.DeleteUserHandler;
import io.brrtrouter.examples.petstore.generated.api.FindPetsByStatusHandler;
import io.brrtrouter.examples.petstore.generated.api.GetAdoptionHandler;
import io.brrtrouter.examples.petstore.generated.api.GetAvatarHandler;
import io.brrtrouter.examples.petstore.generated.api.GetDeliveryHandler;
import io.brrtrouter.examples.petstore.generated.api.GetExportHandler;
import io.brrtrouter.examples.petstore.generated.api.GetItemHandler;
import io.brrtrouter.examples.petstore.generated.api.GetLabelHandler;
import io.brrtrouter.examples.petstore.generated.api.GetMatrixHandler;
import io.brrtrouter.examples.petstore.generated.api.GetOrderHandler;
import io.brrtrouter.examples.petstore.generated.api.GetPetHandler;
import io.brrtrouter.examples.petstore.generated.api.GetSalesHandler;
import io.brrtrouter.examples.petstore.generated.api.GetSessionHandler;
import io.brrtrouter.examples.petstore.generated.api.GetStatisticsHandler;
import io.brrtrouter.examples.petstore.generated.api.GetUserHandler;
import io.brrtrouter.examples.petstore.generated.api.HeadUserHandler;
import io.brrtrouter.examples.petstore.generated.api.ListDeliveriesHandler;
import io.brrtrouter.examples.petstore.generated.api.ListPetsHandler;
import io.brrtrouter.examples.petstore.generated.api.ListUserPostsHandler;
import io.brrtrouter.examples.petstore.generated.api.ListUsersHandler;
import io.brrtrouter.examples.petstore.generated.api.OptionsUserHandler;
import io.brrtrouter.examples.petstore.generated.api.PayOrderHandler;
import io.brrtrouter.examples.petstore.generated.api.PetStoreApi;
import io.brrtrouter.examples.petstore.generated.api.PlaceOrderHandler;
import io.brrtrouter.examples.petstore.generated.api.PostItemHandler;
import io.brrtrouter.examples.petstore.generated.api.QueryPetsHandler;
import io.brrtrouter.examples.petstore.generated.api.RegisterWebhookHandler;
import io.brrtrouter.examples.petstore.generated.api.ReplacePetHandler;
import io.brrtrouter.examples.petstore.generated.api.ReplayDeadDeliveriesHandler;
import io.brrtrouter.examples.petstore.generated.api.ReplayDeliveryHandler;
import io.brrtrouter.examples.petstore.generated.api.SearchHandler;
import io.brrtrouter.examples.petstore.generated.api.SetAvatarHandler;
import io.brrtrouter.examples.petstore.generated.api.SetCaptionHandler;
import io.brrtrouter.examples.petstore.generated.api.StartSessionHandler;
import io.brrtrouter.examples.petstore.generated.api.UpdatePetHandler;
import io.brrtrouter.examples.petstore.generated.api.WatchAdoptionsHandler;
import io.brrtrouter.examples.petstore.generated.server.PetStoreServer;
import io.brrtrouter.examples.petstore.shop.Shop;
import io.brrtrouter.server.runtime.BrrtServer;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Says who handles each operation of the pet store. An operation that is added to the document is a
 * method that is missing here.
 */
public final class Handlers implements PetStoreApi {
  private final PetHandlers pets;
  private final AdoptionFeed feed;
  private final AdoptionHandlers adoptions;
  private final Searches search;
  private final PhotoHandlers photos;
  private final ItemHandlers items;
  private final OrderHandlers orders;
  private final UserHandlers users;
  private final ChatHandlers chat;
  private final WarehouseHandlers warehouse;
  private final FigureHandlers figures;
  private final AdminHandlers admin;
  private final DeliveryHandlers deliveries;

  /**
   * Takes care of everything.
   *
   * @param shop the shop
   * @param webhooks tells those outside
   * @param clock for what is done again and again; stops before the shop closes
   */
  public Handlers(Shop shop, Webhooks webhooks, ScheduledExecutorService clock) {
    pets = new PetHandlers(shop.pets());
    feed = new AdoptionFeed(shop.adoptionNews(), clock);
    adoptions = new AdoptionHandlers(shop.adoptions(), feed);
    search = new Searches(shop);
    photos = new PhotoHandlers(shop.photos());
    items = new ItemHandlers(shop.items());
    orders = new OrderHandlers(shop, webhooks);
    users = new UserHandlers(shop.users(), shop.sessions());
    chat = new ChatHandlers();
    warehouse = new WarehouseHandlers(shop);
    figures = new FigureHandlers(shop);
    admin = new AdminHandlers(shop, webhooks);
    deliveries = new DeliveryHandlers(webhooks.deliveries());
  }

  /**
   * Registers a handler for every operation.
   *
   * @param server the server to be
   */
  public void register(BrrtServer.Builder server) {
    PetStoreServer.register(server, this);
    server
        .handler("list_photos", photos::list)
        .handler("upload_photo", photos::upload)
        .handler("get_photo", photos::get)
        .handler("get_post", users::post)
        .handler("download_file", warehouse::download)
        .handler("upload_file", warehouse::upload)
        .handler("submit_form", warehouse::form)
        .handler("stream_events", admin::events);
  }

  @Override
  public ListPetsHandler listPets() {
    return pets::list;
  }

  @Override
  public AddPetHandler addPet() {
    return pets::add;
  }

  @Override
  public QueryPetsHandler queryPets() {
    return pets::query;
  }

  @Override
  public FindPetsByStatusHandler findPetsByStatus() {
    return pets::findByStatus;
  }

  @Override
  public GetPetHandler getPet() {
    return pets::get;
  }

  @Override
  public ReplacePetHandler replacePet() {
    return pets::replace;
  }

  @Override
  public UpdatePetHandler updatePet() {
    return pets::update;
  }

  @Override
  public DeletePetHandler deletePet() {
    return pets::delete;
  }

  @Override
  public ComparePetsHandler comparePets() {
    return pets::compare;
  }

  @Override
  public GetAdoptionHandler getAdoption() {
    return adoptions::get;
  }

  @Override
  public ApplyForAdoptionHandler applyForAdoption() {
    return adoptions::apply;
  }

  @Override
  public WatchAdoptionsHandler watchAdoptions() {
    return feed::watch;
  }

  @Override
  public SearchHandler search() {
    return search::search;
  }

  @Override
  public SetCaptionHandler setCaption() {
    return photos::setCaption;
  }

  @Override
  public GetAvatarHandler getAvatar() {
    return photos::avatar;
  }

  @Override
  public SetAvatarHandler setAvatar() {
    return photos::setAvatar;
  }

  @Override
  public GetItemHandler getItem() {
    return items::get;
  }

  @Override
  public PostItemHandler postItem() {
    return items::post;
  }

  @Override
  public CopyItemHandler copyItem() {
    return items::copy;
  }

  @Override
  public PlaceOrderHandler placeOrder() {
    return orders::place;
  }

  @Override
  public GetOrderHandler getOrder() {
    return orders::get;
  }

  @Override
  public CancelOrderHandler cancelOrder() {
    return orders::cancel;
  }

  @Override
  public PayOrderHandler payOrder() {
    return orders::pay;
  }

  @Override
  public ListUsersHandler listUsers() {
    return users::list;
  }

  @Override
  public CreateUserHandler createUser() {
    return users::create;
  }

  @Override
  public GetUserHandler getUser() {
    return users::get;
  }

  @Override
  public DeleteUserHandler deleteUser() {
    return users::delete;
  }

  @Override
  public HeadUserHandler headUser() {
    return users::head;
  }

  @Override
  public OptionsUserHandler optionsUser() {
    return users::options;
  }

  @Override
  public ListUserPostsHandler listUserPosts() {
    return users::posts;
  }

  @Override
  public CreatePostHandler createPost() {
    return users::write;
  }

  @Override
  public StartSessionHandler startSession() {
    return users::startSession;
  }

  @Override
  public GetSessionHandler getSession() {
    return users::session;
  }

  @Override
  public ChatHandler chat() {
    return chat::chat;
  }

  @Override
  public GetMatrixHandler getMatrix() {
    return warehouse::shelf;
  }

  @Override
  public GetLabelHandler getLabel() {
    return warehouse::label;
  }

  @Override
  public GetExportHandler getExport() {
    return figures::export;
  }

  @Override
  public GetSalesHandler getSales() {
    return figures::sales;
  }

  @Override
  public GetStatisticsHandler getStatistics() {
    return figures::statistics;
  }

  @Override
  public AdminSettingsHandler adminSettings() {
    return admin::settings;
  }

  @Override
  public ChangeSettingsHandler changeSettings() {
    return admin::changeSettings;
  }

  @Override
  public ListDeliveriesHandler listDeliveries() {
    return deliveries::list;
  }

  @Override
  public ReplayDeadDeliveriesHandler replayDeadDeliveries() {
    return deliveries::replayDead;
  }

  @Override
  public GetDeliveryHandler getDelivery() {
    return deliveries::get;
  }

  @Override
  public ReplayDeliveryHandler replayDelivery() {
    return deliveries::replay;
  }

  @Override
  public RegisterWebhookHandler registerWebhook() {
    return admin::registerWebhook;
  }
}
