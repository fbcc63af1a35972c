create sequence event_numbers;

create table events (
  number bigint primary key,
  kind varchar not null,
  happened_at timestamp with time zone not null,
  subject varchar not null
);

create sequence upload_numbers;

create table files (
  id varchar primary key,
  name varchar not null,
  media_type varchar not null,
  content octets not null,
  sha256 varchar not null,
  labels text not null
);

create table sessions (
  id varchar primary key,
  visitor varchar not null references users on delete cascade,
  searches text not null,
  version integer not null,
  started_at timestamp with time zone not null
);

create sequence subscription_numbers;

create table subscriptions (
  id bigint primary key,
  url varchar not null unique,
  events text not null
);

create table switches (
  name varchar primary key,
  is_on boolean not null
);

create sequence ticket_numbers;
